import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("office_dispatch_walk", {
    steps: () => [
        {
            trigger: '[data-board="units"] tr:contains("基础教育科") button:first',
            run: "click",
        },
        { trigger: '.o_list_view .o_data_cell:contains("工作台上的事")', run: "click" },
        { trigger: '.o_form_view .o_field_widget[name="leader_id"]' },
    ],
});

registry.category("web_tour.tours").add("office_indicators_walk", {
    steps: () => [
        { trigger: '.o_office_indicators button:contains("年度")', run: "click" },
        { trigger: '.o_office_indicators button:contains("年度").active' },
        {
            trigger: '.o_office_indicators tr[data-code="on_time"] button[aria-expanded="false"]',
            run: "click",
        },
        { trigger: '.o_office_indicators tr.table-light:contains("基础教育科")' },
        {
            trigger: '.o_office_indicators tr.table-light:contains("基础教育科") button',
            run: "click",
        },
        { trigger: '.o_list_view .o_data_row:contains("工作台上的事")' },
    ],
});
