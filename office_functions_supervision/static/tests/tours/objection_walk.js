import { registry } from "@web/core/registry";
import {
    fill,
    open,
    page,
    press,
    reason,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "公布小学学位余量";
const verify = [
    press("action_record_verification"),
    fill("findings", "公告第二页列有两校，数字属实", "textarea", ".modal"),
    {
        trigger: '.modal .o_field_widget[name="result"] input[data-value="pass"]',
        run: "click",
    },
    { trigger: '.modal button[name="conclude"]', run: "click" },
];

tours.add("office_objection_head_objects", {
    steps: () => [
        open(TITLE),
        state("handling"),
        page("verification"),
        { trigger: '.o_field_widget[name="verification_ids"]:contains("未通过")' },
        press("action_object"),
        { trigger: '.o_field_widget[name="unit_id"] input:value("基础教育科")' },
        fill("text", "两校学位公布在公告第二页，核查时只看了第一页。", "textarea"),
        press("submit"),
        state("submitted"),
        shows("number", "督核"),
        shows("handler_id", "陈主任"),
    ],
});

tours.add("office_objection_supervisor_only_reads", {
    steps: () => [
        open(TITLE),
        state("submitted"),
        shows("text", "公告第二页"),
        { trigger: "body:not(:has(button[name='uphold']))" },
    ],
});

tours.add("office_objection_director_upholds", {
    steps: () => [
        open(TITLE),
        press("uphold"),
        ...reason("公告第二页确有两校，原结论与事实不符。"),
        state("upheld"),
        shows("answer", "原结论与事实不符"),
        shows("decider_id", "陈主任"),
    ],
});

tours.add("office_objection_other_supervisor_verifies", {
    steps: () => [
        open(TITLE),
        state("feedback"),
        page("verification"),
        { trigger: '.o_field_widget[name="verification_ids"]:contains("撤销结论")' },
        press("verify"),
        state("verifying"),
        ...verify,
        { trigger: '.modal .o_arrow_button_current[data-value="concluded"]' },
        { trigger: ".modal .btn-close", run: "click" },
        state("completed"),
    ],
});

tours.add("office_law_director_lacks_a_directive", {
    steps: () => [
        open("无依据的督办"),
        state("proposed"),
        { trigger: 'button[name="file"]:disabled' },
        { trigger: '.o_office_gaps:contains("授权批示")' },
    ],
});
