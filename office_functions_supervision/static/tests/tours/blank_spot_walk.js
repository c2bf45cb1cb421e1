import { registry } from "@web/core/registry";
import { page, press, shows, state } from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const DUTY = "学生手机管理指导";

tours.add("office_blank_spot_proposed", {
    steps: () => [
        {
            trigger: `.o_data_row:contains("${DUTY}") .o_list_record_selector input`,
            run: "click",
        },
        press("action_propose", ".o_control_panel"),
        { trigger: `.modal .o_field_widget[name="duty_item_ids"]:contains("${DUTY}")` },
        { trigger: '.modal .o_field_widget[name="leader_id"] input:value("李主任")' },
        press("action_propose", ".modal"),
        state("proposed"),
        page("authority"),
        shows("duty_item_ids", DUTY),
        { trigger: '.o_field_widget[name="policy_basis_ids"]:contains("招生")' },
    ],
});

tours.add("office_blank_spot_approved", {
    steps: () => [
        {
            trigger: `.o_data_row:contains("${DUTY}") .o_data_cell[name="name"]`,
            run: "click",
        },
        press("approve"),
        { trigger: `.modal .o_field_widget[name="text"]:contains("${DUTY}")` },
        press("action_approve", ".modal"),
        state("filed"),
        page("authority"),
        { trigger: '.o_field_widget[name="directive_id"]' },
        shows("leader_id", "李主任"),
    ],
});

tours.add("office_blank_spot_filled", {
    steps: () => [
        { trigger: ".o_list_view .o_view_nocontent, .o_view_nocontent" },
        { trigger: ".o_searchview_facet .o_facet_remove", run: "click" },
        { trigger: `.o_data_row:contains("${DUTY}") .o_data_cell[name="days"]:contains("0")` },
    ],
});
