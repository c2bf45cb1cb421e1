import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("office_workbench_walk", {
    steps: () => [
        { trigger: '[data-panel="coordination"]' },
        { trigger: '.o_office_workbench a:contains("工作台上的事")' },
        {
            trigger: '[data-panel="coordination"] .o_office_figure:first:has(.fs-2:contains("1"))',
            run: "click",
        },
        { trigger: '.o_list_view .o_data_row:contains("工作台上的事")' },
    ],
});
