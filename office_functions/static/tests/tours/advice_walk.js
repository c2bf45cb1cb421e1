import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    field,
    fill,
    mark,
    open,
    page,
    press,
    refused,
    select,
    shows,
    state,
    tick,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "在两所小学试点课后服务统一预约";

const option = (name, pros, cons, more = []) => [
    addLine("option_ids"),
    fill("name", name, "input", ".modal"),
    fill("pros", pros, "textarea", ".modal"),
    fill("cons", cons, "textarea", ".modal"),
    ...more,
    { trigger: ".modal .o_form_button_save", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];
const rate = (name, stars) => ({
    trigger: `.modal .o_field_widget[name="${name}"] .o_priority_star:nth-of-type(${stars})`,
    run: "click",
});

tours.add("office_advice_staff_drafts", {
    steps: () => [
        create,
        fill("name", TITLE),
        mark("initiative", "self"),
        ...choose("lead_unit_id", "基础教育科"),
        { trigger: '.o_field_widget[name="responsible_id"] input:value("周科长")' },
        ...choose("leader_id", "李主任"),
        fill("text", "家长排队登记，耗时长。建议由教委统一预约。", "textarea"),
        page("options"),
        ...option("统一平台", "家长省时", "一次性投入"),
        ...option("学校自行登记", "不花钱", "仍要排队", [tick("is_recommended", ".modal")]),
        { trigger: '.o_field_widget[name="option_ids"] .o_data_row:contains("统一平台")' },
        // Without the policy it stands on it is not handed in; what is typed stays.
        press("submit"),
        ...refused("政策"),
        ...choose("policy_basis_ids", "招生"),
        press("submit"),
        state("submitted"),
        shows("number", "参谋"),
    ],
});

tours.add("office_advice_director_screens", {
    steps: () => [
        open(TITLE),
        press("check"),
        shows("checker_id", "陈主任"),
        ...select("level", "全局"),
        press("screen"),
        state("screened"),
    ],
});

tours.add("office_advice_clerk_presents", {
    steps: () => [open(TITLE), press("present"), state("presented")],
});

tours.add("office_advice_leader_decides", {
    steps: () => [
        open(TITLE),
        page("options"),
        { trigger: '.o_field_widget[name="option_ids"]:contains("家长省时")' },
        press("adopt"),
        ...choose("option_id", "统一平台", ".modal"),
        fill("reason", "先在两所学校试点，年底总结。", "textarea", ".modal"),
        rate("rating_heard", 5),
        rate("rating_accurate", 4),
        // A rating is missing: it is named, and nothing of the rest is lost.
        press("action_decide", ".modal"),
        ...refused("参得高"),
        rate("rating_high", 4),
        rate("relevance", 5),
        { trigger: `.modal ${field("reason", "textarea")}:value("先在两所学校试点")` },
        press("action_decide", ".modal"),
        state("adopted"),
        page("decision"),
        shows("chosen_option_id", "统一平台"),
        press("action_make_directive"),
        state("recorded"),
        shows("text", "先在两所学校试点"),
    ],
});

tours.add("office_advice_clerk_issues_the_directive", {
    steps: () => [
        open(TITLE),
        fill("date_deadline", "+30d"),
        press("issue"),
        state("issued"),
        page("matter"),
        { trigger: `.o_office_panel a:contains("${TITLE}")`, run: "click" },
        state("implementing"),
    ],
});

tours.add("office_advice_director_evaluates", {
    steps: () => [
        open(TITLE),
        page("decision"),
        ...select("effect", "达到"),
        fill("effect_text", "两校家长平均等候由40分钟降到3分钟。", "textarea"),
        press("evaluate"),
        state("evaluated"),
    ],
});
