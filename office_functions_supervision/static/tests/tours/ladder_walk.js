import { registry } from "@web/core/registry";
import {
    choose,
    fill,
    open,
    openFirst,
    page,
    press,
    reason,
    refused,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

/**
 * A ticket that stalls, and is driven to its end through every step of the ladder.
 */
const tours = registry.category("web_tour.tours");
const offers = (label) => ({
    trigger: `.alert .o_field_widget[name="ladder_offer"]:contains("${label}")`,
});
const noDialog = { trigger: "body:not(:has(.modal))" };
const shut = { trigger: ".modal .btn-close", run: "click" };
const openRow = {
    trigger: ".o_data_row:first .o_data_cell[name='ticket_id']",
    run: "click",
};

tours.add("office_ladder_supervisor_urges", {
    steps: () => [
        openFirst,
        offers("催办"),
        press("action_urge", ".alert"),
        fill("text", "已逾期，请说明办结时间。", "textarea", ".modal"),
        press("action_send", ".modal"),
        noDialog,
        page("ladder"),
        shows("urging_count", "1"),
    ],
});

tours.add("office_ladder_supervisor_recognizes", {
    steps: () => [
        open("汇总各校余量"),
        state("proposed"),
        shows("facts", "逾期"),
        // No cause, no bottleneck.
        press("recognize"),
        ...refused("原因"),
        fill("cause", "三所学校的台账口径不一。", "textarea"),
        press("recognize"),
        state("confirmed"),
        press("start"),
        ...refused("措施"),
        fill("measure", "统一口径，逐校上门核对。", "textarea"),
        press("start"),
        state("handling"),
    ],
});

tours.add("office_ladder_staff_reports_removal", {
    steps: () => [
        open("汇总各校余量"),
        press("report"),
        ...reason("口径已经统一。"),
        state("reported"),
    ],
});

tours.add("office_ladder_supervisor_checks", {
    steps: () => [
        open("汇总各校余量"),
        press("send_back"),
        ...reason("抽查两校，口径仍不一致。"),
        state("handling"),
        shows("check_result", "未见效"),
    ],
});

tours.add("office_ladder_supervisor_proposes_talk", {
    steps: () => [
        openFirst,
        offers("约谈"),
        press("action_propose_talk", ".alert"),
        fill("moment", "+1d", "input", ".modal"),
        fill("place", "三楼会议室", "input", ".modal"),
        press("ask", ".modal"),
        state("asked", ".modal"),
        shut,
        noDialog,
        page("ladder"),
        { trigger: '.o_field_widget[name="talk_ids"] .o_data_row:contains("周科长")' },
    ],
});

tours.add("office_ladder_director_approves_talk", {
    steps: () => [openRow, press("approve"), state("approved")],
});

tours.add("office_ladder_supervisor_holds_talk", {
    steps: () => [
        openRow,
        press("hold"),
        ...refused("约谈记录"),
        fill("record", "周科长说明了核对进度。", "textarea"),
        fill("promise", "三天内核对完毕。", "textarea"),
        fill("date_promised", "+3d"),
        press("hold"),
        state("held"),
    ],
});

tours.add("office_ladder_supervisor_proposes_bulletin", {
    steps: () => [
        openFirst,
        offers("通报"),
        press("action_propose_bulletin", ".alert"),
        state("draft"),
        press("submit"),
        state("submitted"),
    ],
});

tours.add("office_ladder_leader_issues_bulletin", {
    steps: () => [
        openFirst,
        press("approve_and_issue"),
        state("issued"),
    ],
});

tours.add("office_ladder_supervisor_proposes_accountability", {
    steps: () => [
        openFirst,
        offers("问责建议"),
        press("action_propose_accountability", ".alert"),
        ...choose("user_ids", "张科员", ".modal"),
        ...choose("collective_decision_id", "对学位公布不落实", ".modal"),
        fill("facts", "催办、约谈、通报之后仍未核对。", "textarea", ".modal"),
        fill("proposal", "建议谈话提醒。", "textarea", ".modal"),
        fill("body", "机关纪委", "input", ".modal"),
        press("propose", ".modal"),
        state("proposed", ".modal"),
        shut,
        noDialog,
        page("ladder"),
        { trigger: '.o_field_widget[name="accountability_ids"] .o_data_row:contains("机关纪委")' },
    ],
});

tours.add("office_ladder_leader_approves_accountability", {
    steps: () => [openRow, state("proposed"), press("approve"), state("approved")],
});

tours.add("office_ladder_supervisor_sends_it_off", {
    steps: () => [
        openRow,
        fill("transfer_reference", "教督建字1号"),
        press("transfer"),
        state("transferred"),
        fill("decision", "谈话提醒。", "textarea"),
        fill("date_decided", "+0d"),
        press("record_decision"),
        state("decided"),
    ],
});

tours.add("office_ladder_staff_sees_nothing", {
    steps: () => [{ trigger: ".o_view_nocontent:contains('问责')" }],
});

tours.add("office_ladder_director_tells", {
    steps: () => [
        openRow,
        press("action_notify"),
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: '.o_field_widget[name="date_notified"]' },
    ],
});

tours.add("office_ladder_staff_is_told", {
    steps: () => [openRow, state("decided"), shows("decision", "谈话提醒")],
});

tours.add("office_ladder_supervisor_finds_it_works", {
    steps: () => [
        open("汇总各校余量"),
        press("close"),
        ...reason("再抽五校，口径一致。"),
        state("closed"),
        shows("check_result", "措施有效"),
    ],
});
