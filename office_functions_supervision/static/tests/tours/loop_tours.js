import { registry } from "@web/core/registry";
import {
    choose,
    fill,
    open,
    openFirst,
    page,
    press,
    reason,
    save,
    state,
} from "@office_functions/../tests/tours/walk_steps";

/**
 * The suite's main job, walked by the people who do it.
 */
const tours = registry.category("web_tour.tours");

tours.add("office_loop_clerk", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        fill("name", "公布小学学位余量"),
        ...choose("leader_id", "李主任"),
        fill("source", "办公会"),
        ...choose("lead_unit_id", "基础教育科"),
        ...choose("handler_id", "张科员"),
        fill("date_deadline", "+20d"),
        fill("text", "月底前向社会公布各校学位余量。", "textarea"),
        ...save,
        press("issue"),
        state("issued"),
        { trigger: '.o_field_widget[name="number"]:contains("批示")' },
    ],
});

tours.add("office_loop_leader_escalates", {
    steps: () => [
        openFirst,
        press("escalate"),
        state("proposed"),
        page("authority"),
        { trigger: '.o_field_widget[name="directive_id"]' },
    ],
});

tours.add("office_loop_supervisor_prepares", {
    steps: () => [
        openFirst,
        ...choose("supervisor_id", "王督查"),
        page("authority"),
        ...choose("policy_basis_ids", "招生"),
        fill("scope", "全区小学", "textarea"),
        page("tasks"),
        { trigger: '.o_field_widget[name="task_ids"] .o_field_x2many_list_row_add a', run: "click" },
        {
            trigger: '.o_selected_row .o_field_widget[name="name"] input',
            run: "edit 汇总各校余量",
        },
        {
            trigger: '.o_selected_row .o_field_widget[name="lead_unit_id"] input',
            run: "edit 基础教育科",
        },
        { trigger: '.o-autocomplete--dropdown-item:contains("基础教育科")', run: "click" },
        {
            trigger: '.o_selected_row .o_field_widget[name="handler_id"] input',
            run: "edit 张科员",
        },
        { trigger: '.o-autocomplete--dropdown-item:contains("张科员")', run: "click" },
        {
            trigger: '.o_selected_row .o_field_widget[name="date_deadline"] input',
            run: "edit +10d",
        },
        ...save,
        press("action_spread_weights"),
        { trigger: '.o_field_widget[name="task_ids"] .o_data_cell[name="weight"]:contains("100")' },
    ],
});

tours.add("office_loop_director_files", {
    steps: () => [
        openFirst,
        press("file"),
        state("filed"),
        { trigger: '.o_field_widget[name="number"]:contains("督办")' },
    ],
});

tours.add("office_loop_supervisor_assigns", {
    steps: () => [openFirst, press("assign"), state("assigned")],
});

tours.add("office_loop_staff_reports", {
    steps: () => [
        openFirst,
        press("accept"),
        state("accepted"),
        press("action_give_feedback"),
        { trigger: '.modal .o_field_widget[name="kind"] input[data-value="final"]', run: "click" },
        {
            trigger: '.modal .o_field_widget[name="text"] textarea',
            run: "edit 已在政务网公布42所小学余量",
        },
        {
            trigger: '.modal .o_field_widget[name="proof"] input',
            run: "edit 政务网通知公告栏",
        },
        { trigger: '.modal button[name="submit"]', run: "click" },
        { trigger: '.modal .o_arrow_button_current[data-value="submitted"]' },
        { trigger: ".modal .btn-close", run: "click" },
        state("reported"),
    ],
});

tours.add("office_loop_supervisor_verifies", {
    steps: () => [
        openFirst,
        state("feedback"),
        press("verify"),
        state("verifying"),
        press("action_record_verification"),
        {
            trigger: '.modal .o_field_widget[name="findings"] textarea',
            run: "edit 抽查12所，数字属实",
        },
        {
            trigger: '.modal .o_field_widget[name="result"] input[data-value="pass"]',
            run: "click",
        },
        { trigger: '.modal button[name="conclude"]', run: "click" },
        { trigger: '.modal .o_arrow_button_current[data-value="concluded"]' },
        { trigger: ".modal .btn-close", run: "click" },
        state("completed"),
    ],
});

tours.add("office_loop_leader_closes", {
    steps: () => [
        openFirst,
        state("completed"),
        press("close"),
        state("closed"),
        // Fast, accurate, solid: the three lights of what was struck off.
        ...["快", "准", "实"].map((word, nth) => ({
            trigger: `.o_field_office_three_lights .badge:nth-child(${nth + 1}):contains("${word}")`,
        })),
        page("matter"),
        { trigger: ".o_office_panel .o_office_log" },
    ],
});

tours.add("office_loop_staff_reports_on_a_phone", {
    steps: () => [
        { trigger: '.o_kanban_record:contains("汇总各校余量")', run: "click" },
        press("accept"),
        press("action_give_feedback"),
        { trigger: '.modal .o_field_widget[name="kind"] input[data-value="final"]', run: "click" },
        fill("text", "已公布42所小学余量", "textarea", ".modal"),
        fill("proof", "政务网通知公告栏", "input", ".modal"),
        press("submit", ".modal"),
        { trigger: '.modal:not(:has(button[name="submit"]))' },
    ],
});

tours.add("office_loop_director_looks_at_the_matrix", {
    steps: () => [
        { trigger: '.o_data_row:contains("公布小学学位余量")' },
        { trigger: '.o_search_panel_filter_value:contains("媒体") input', run: "click" },
        { trigger: 'body:not(:has(.o_data_row:contains("公布小学学位余量")))' },
        open("核查媒体反映"),
        press("action_open_matrix"),
        {
            trigger: 'tr[data-person="张科员"] button[name="overdue"]:contains("1")',
            run: "click",
        },
        { trigger: '.o_data_row:contains("核实收费")' },
    ],
});

tours.add("office_loop_leader_returns", {
    steps: () => [
        openFirst,
        press("withdraw"),
        ...reason("情况有变"),
        state("withdrawn"),
        page("matter"),
        { trigger: '.o_office_log:contains("情况有变")' },
    ],
});
