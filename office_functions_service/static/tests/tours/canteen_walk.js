import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    fill,
    page,
    press,
    save,
    state,
    tick,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");

tours.add("office_canteen_manager_serves", {
    steps: () => [
        { trigger: '.o_data_row:first .o_data_cell[name="kind"]', run: "click" },
        ...choose("cook_ids", "王师傅"),
        press("pass_morning"),
        state("morning"),
        page("goods"),
        tick("is_nothing_delivered"),
        press("inspect_goods"),
        state("goods"),
        press("process"),
        state("processed"),
        // Nothing leads past the sample: the button says so and cannot be pressed.
        { trigger: 'button[name="keep_samples"]:disabled' },
        { trigger: 'body:not(:has(button[name="serve"]))' },
        page("samples"),
        addLine("sample_ids"),
        ...choose("dish_id", "红烧肉", ".o_selected_row"),
        fill("fridge", "一号柜", "input", ".o_selected_row"),
        ...save,
        press("keep_samples"),
        state("sampled"),
        press("serve"),
        state("served"),
    ],
});

tours.add("office_canteen_staff_rates", {
    steps: () => [
        { trigger: '.o_canteen_rating:contains("红烧肉")' },
        {
            trigger: '.o_canteen_rating button[value="5"]',
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_canteen_thanks" },
    ],
});
