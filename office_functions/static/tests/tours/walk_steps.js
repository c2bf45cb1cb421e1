/**
 * What a person does on a form, as steps of a tour. Fields and buttons are found by
 * their technical names, so that a walk is the same in every language.
 */
export const field = (name, tag = "input") => `.o_field_widget[name="${name}"] ${tag}`;
export const fill = (name, text, tag = "input", within = "") => ({
    trigger: `${within} ${field(name, tag)}`,
    run: `edit ${text}`,
});
export const choose = (name, text, within = "") => [
    fill(name, text, "input", within),
    { trigger: `.o-autocomplete--dropdown-item:contains("${text}")`, run: "click" },
];
/** Picks from a selection, by the words the user sees. */
export const select = (name, label, within = "") => [
    { trigger: `${within} ${field(name)}`, run: "click" },
    { trigger: `.o_select_menu_item:contains("${label}")`, run: "click" },
];
/** Types a moment over the one that stands there. */
export const at = (name, moment, part = name) => [
    {
        trigger: `.o_field_widget[name="${name}"] button[data-field="${part}"]`,
        run: "click",
    },
    {
        trigger: `.o_field_widget[name="${name}"] input[data-field="${part}"]`,
        run: `edit ${moment} && press Enter`,
    },
];
export const mark = (name, value, within = "") => ({
    trigger: `${within} ${field(name)}[data-value="${value}"]`,
    run: "click",
});
export const tick = (name, within = "") => ({
    trigger: `${within} ${field(name)}[type="checkbox"]`,
    run: "click",
});
export const press = (name, within = "") => ({
    trigger: `${within} button[name="${name}"]:enabled`,
    run: "click",
});
export const page = (name) => ({ trigger: `.nav-link[name="${name}"]`, run: "click" });
export const state = (value, within = "") => ({
    trigger: `${within} .o_statusbar_status button.o_arrow_button_current[data-value="${value}"]`,
});
export const shows = (name, text) => ({
    trigger: `.o_field_widget[name="${name}"]:contains("${text}")`,
});
export const save = [
    { trigger: ".o_form_button_save", run: "click" },
    { trigger: ".o_form_saved" },
];
export const reason = (text) => [
    { trigger: ".modal textarea.o_office_note", run: `edit ${text}` },
    { trigger: ".modal-footer .btn-primary:enabled", run: "click" },
    { trigger: "body:not(:has(.modal))" },
];
export const create = { trigger: ".o_list_button_add", run: "click" };
export const open = (text) => ({
    trigger: `.o_data_row:contains("${text}") .o_data_cell[name="name"]`,
    run: "click",
});
export const openFirst = {
    trigger: ".o_data_row:first .o_data_cell[name='name']",
    run: "click",
};
/** Adds a line to a list on the form. */
export const addLine = (name) => ({
    trigger: `.o_field_widget[name="${name}"] .o_field_x2many_list_row_add a`,
    run: "click",
});
export const newRow = (name, nth) => ({
    trigger: `.o_field_widget[name="${name}"] .o_data_row:nth-child(${nth}).o_selected_row`,
});
/** An error that tells what is missing, and is left to mend it; a dialog below stays. */
export const refused = (text) => [
    { trigger: `.o_error_dialog:contains("${text}")` },
    { trigger: ".o_error_dialog .modal-footer .btn-primary", run: "click" },
    { trigger: "body:not(:has(.o_error_dialog))" },
];
