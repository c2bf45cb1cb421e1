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

/** Half a minute at the most, from the page to the last button (S4.9). */
const WITHIN = 30000;
const soon = (trigger) => ({
    trigger,
    run: () => {
        if (performance.now() > WITHIN) {
            throw new Error(`${performance.now()} ms are more than half a minute`);
        }
    },
});

tours.add("office_service_staff_asks", {
    steps: () => [
        { trigger: '.o_kanban_record:contains("其他")', run: "click" },
        fill("name", "送两箱饮用水", "input", ".modal"),
        fill("place", "305室", "input", ".modal"),
        press("send", ".modal"),
        soon('body:not(:has(.modal)) .o_form_view .o_field_statusbar[name="state"]'),
    ],
});

tours.add("office_repair_staff_reports", {
    steps: () => [
        { trigger: 'body:contains("激光打印机"):contains("305室")' },
        { trigger: "#office_fault", run: "edit 打印时夹纸" },
        { trigger: 'label[for="office_urgent"]', run: "click" },
        soon('.o_office_repair_report button[type="submit"]'),
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
