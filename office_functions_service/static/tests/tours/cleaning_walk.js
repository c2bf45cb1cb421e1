import { registry } from "@web/core/registry";
import { inputFiles } from "@web/../tests/utils";
import { fill, page, press } from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const PIXEL =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const photo = () =>
    new File([Uint8Array.from(atob(PIXEL), (c) => c.charCodeAt(0))], "地面.png", {
        type: "image/png",
    });

tours.add("office_cleaning_inspector_fails_an_area", {
    steps: () => [
        press("start"),
        page("lines"),
        { trigger: '.o_field_widget[name="line_ids"] .o_kanban_record', run: "click" },
        fill("score", "40", "input", ".modal"),
        fill("problem", "地面有积水和污渍", "textarea", ".modal"),
        {
            trigger: '.modal .o_field_widget[name="photo_ids"]',
            run: () =>
                inputFiles('.modal [name="photo_ids"] .o_input_file', [photo()]),
        },
        { trigger: '.modal [name="photo_ids"] .o_attachment' },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: "body:not(:has(.modal))" },
        press("fail"),
        { trigger: '.o_field_widget[name="correction_id"]' },
    ],
});
