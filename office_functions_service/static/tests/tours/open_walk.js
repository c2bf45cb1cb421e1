import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    field,
    fill,
    mark,
    newRow,
    open,
    page,
    press,
    refused,
    save,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "新建体育馆竣工决算";
const ROW = '.o_field_widget[name="opinion_ids"] .o_selected_row';

tours.add("office_clerk_receives_request", {
    steps: () => [
        create,
        fill("name", TITLE),
        fill("text", "申请公开新建体育馆竣工决算报告。", "textarea"),
        fill("person", "刘建国"),
        fill("person_phone", "13900010001"),
        ...choose("lead_unit_id", "基础教育科"),
        ...choose("handler_id", "张科员"),
        press("receive"),
        state("received"),
        shows("number", "依申请"),
        { trigger: `${field("person")}:value("刘**")` },
    ],
});

tours.add("office_staff_asks_third_party", {
    steps: () => [
        open(TITLE),
        state("received"),
        page("opinions"),
        addLine("opinion_ids"),
        newRow("opinion_ids", 1),
        fill("name", "施工单位", "input", ROW),
        ...save,
        press("consult"),
        state("consulting"),
    ],
});

tours.add("office_staff_drafts_partial_reply", {
    steps: () => [
        open(TITLE),
        press("collect"),
        state("received"),
        page("reply"),
        mark("reply_kind", "partial"),
        fill("withheld_article", "政府信息公开条例第十五条"),
        fill("withheld_reason", "单价明细属于第三方商业秘密", "textarea"),
        fill("reply_text", "单价明细作删减处理后，提供其余内容。", "textarea"),
        { trigger: field("withheld_ground"), run: "click" },
        { trigger: ".o_select_menu_item:nth-of-type(4)", run: "click" },
        ...save,
    ],
});

tours.add("office_director_signs_partial_reply", {
    steps: () => [
        open(TITLE),
        // Nothing goes out that was not reviewed.
        press("reply"),
        ...refused("txt"),
        page("reply"),
        press("action_review"),
        { trigger: "body:not(:has(button[name='action_review']))" },
        press("reply"),
        state("replied"),
    ],
});
