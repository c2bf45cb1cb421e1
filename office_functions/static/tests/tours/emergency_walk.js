import { registry } from "@web/core/registry";
import {
    at,
    choose,
    create,
    fill,
    mark,
    open,
    page,
    press,
    refused,
    save,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "第三小学食堂水管爆裂";

/** Opens the report that is still to be sent. */
const openReport = [
    page("reports"),
    {
        trigger: '.o_field_widget[name="report_ids"] .o_data_row:contains("待报") .o_data_cell[name="kind"]',
        run: "click",
    },
    { trigger: ".modal .o_form_view" },
];
/** Sends it: the dialog closes, and the list below knows. */
const send = (nth) => [
    press("send", ".modal"),
    { trigger: "body:not(:has(.modal))" },
    {
        trigger: `.o_field_widget[name="report_ids"] .o_data_row:nth-child(${nth}):contains("已报出")`,
    },
];
const contents = [
    fill("casualties", "无人员伤亡", "input", ".modal"),
    fill("measures", "已关阀停水，课程照常。", "textarea", ".modal"),
    ...choose("signer_id", "李主任", ".modal"),
];

tours.add("office_emergency_clerk_records", {
    steps: () => [
        create,
        fill("name", TITLE),
        // The telephone rang fifty minutes ago.
        ...at("moment_received", "-50M"),
        fill("place", "第三小学食堂"),
        fill("source", "第三小学 吴校长"),
        fill("phone", "13800000000"),
        ...choose("lead_unit_id", "基础教育科"),
        page("facts"),
        fill("course", "七时四十分后厨主管道爆裂，积水约五厘米。", "textarea"),
        ...save,
        { trigger: '.o_field_widget[name="next_report_due"]' },
        { trigger: '.ribbon:contains("超")' },
        // By telephone: half an hour was allowed, so the reason is asked for.
        ...openReport,
        fill("sent_to", "市教委值班室 赵同志", "input", ".modal"),
        press("send", ".modal"),
        ...refused("迟报原因"),
        fill("late_reason", "值班员先到现场核实", "textarea", ".modal"),
        ...send(1),
        // In writing: within the hour.
        press("verify"),
        state("verified"),
        ...openReport,
        ...contents,
        ...send(2),
        state("first"),
    ],
});

tours.add("office_emergency_clerk_follows_up", {
    steps: () => [
        open(TITLE),
        ...openReport,
        fill("trend", "今晚可修复", "textarea", ".modal"),
        ...send(3),
        state("following"),
        press("action_settle"),
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: '.o_field_widget[name="moment_settled"]' },
        ...openReport,
        ...send(5),
        state("final"),
    ],
});

tours.add("office_emergency_director_ends", {
    steps: () => [
        { trigger: ".o_searchview_facet:first .o_facet_remove", run: "click" },
        open(TITLE),
        press("evaluate"),
        ...refused("评估"),
        page("review"),
        fill("review", "管道老化，处置及时。列入暑期改造。", "textarea"),
        press("evaluate"),
        state("reviewed"),
        press("close"),
        ...refused("预"),
        page("review"),
        mark("foretold", "no"),
        press("close"),
        state("closed"),
    ],
});
