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

registry.category("web_tour.tours").add("office_workbench_on_a_phone", {
    steps: () => [
        {
            trigger: '[data-panel="coordination"] .o_office_figure:first:has(.fs-2:contains("1"))',
            run() {
                const page = document.querySelector(".o_office_workbench");
                if (page.scrollWidth > page.clientWidth + 1) {
                    throw new Error(`The page is ${page.scrollWidth} wide`);
                }
                for (const figure of page.querySelectorAll(".o_office_figure")) {
                    const { left, right, height } = figure.getBoundingClientRect();
                    if (height && (left < 0 || right > window.innerWidth + 1)) {
                        throw new Error(`Out of sight: ${figure.textContent}`);
                    }
                }
            },
        },
        {
            trigger: '[data-panel="coordination"] .o_office_figure:first',
            run: "click",
        },
        { trigger: '.o_view_controller:contains("工作台上的事")' },
    ],
});
