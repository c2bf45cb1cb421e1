import { registry } from "@web/core/registry";
import {
    choose,
    fill,
    openFirst,
    page,
    press,
    save,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");

tours.add("office_repair_staff_reports", {
    steps: () => [
        { trigger: 'body:contains("激光打印机"):contains("305室")' },
        { trigger: "#office_fault", run: "edit 打印时夹纸" },
        { trigger: 'label[for="office_urgent"]', run: "click" },
        {
            trigger: '.o_office_repair_report button[type="submit"]',
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_office_repair_state" },
    ],
});

tours.add("office_repair_logistics_sends", {
    steps: () => [
        openFirst,
        press("accept"),
        state("accepted"),
        ...choose("handler_id", "马师傅"),
        ...save,
        press("dispatch"),
        state("dispatched"),
    ],
});

tours.add("office_repair_technician_mends", {
    steps: () => [
        openFirst,
        press("start"),
        state("repairing"),
        page("work"),
        fill("work_done", "更换搓纸轮，试印二十页正常", "textarea"),
        ...save,
        press("fix"),
        state("fixed"),
    ],
});

tours.add("office_repair_staff_accepts", {
    steps: () => [
        { trigger: 'body:contains("更换搓纸轮"):contains("马师傅")' },
        {
            trigger: 'button[name="step"][value="inspect"]',
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: 'button[name="score"][value="5"]',
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".text-warning:contains(★★★★★)" },
    ],
});
