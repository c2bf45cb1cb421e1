import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    field,
    fill,
    newRow,
    open,
    page,
    press,
    save,
    select,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "收受家长礼金";
const OTHER = "校车总是晚点";
const DEMAND = ".o_field_widget[name='demand_ids'] .o_selected_row";
const nothing = { trigger: `body:not(:contains("${TITLE}"))` };
/** Opens an address anew, waits for what it shows, and finds nothing there. */
const go = (path, shown) => [
    {
        trigger: "body",
        run: () => {
            location.href = path;
        },
        expectUnloadPage: true,
    },
    { trigger: shown },
    nothing,
];
const all = [
    { trigger: ".o_searchview_facet .o_facet_remove", run: "click" },
    { trigger: "body:not(:has(.o_searchview_facet))" },
];
const view = (kind) => [
    { trigger: `.o_switch_view.o_${kind}`, run: "click" },
    { trigger: `.o_${kind}_view` },
    nothing,
];

tours.add("office_keeper_admits_handler", {
    steps: () => [
        open(TITLE),
        { trigger: ".alert-danger" },
        { trigger: `${field("person")}:value("林**")` },
        ...choose("lead_unit_id", "组织人事科"),
        ...choose("handler_id", "孙科员"),
        addLine("demand_ids"),
        newRow("demand_ids", 1),
        fill("text", "查清礼金", "textarea", DEMAND),
        ...save,
        page("judging"),
        ...select("petition_class", "检举控告"),
        ...save,
        press("judge"),
        state("judged"),
        press("accept"),
        state("accepted"),
    ],
});

tours.add("office_accused_finds_nothing", {
    steps: () => [
        // Begun at the very address of it, which is answered as if it were deleted.
        { trigger: ".o_notification:contains('似乎找不到')" },
        nothing,
        ...go("/odoo/office-petitions", ".o_list_view"),
        ...all,
        { trigger: `.o_data_row:contains("${OTHER}")` },
        nothing,
        ...["kanban", "calendar", "pivot", "graph", "activity", "list"].flatMap(view),
        { trigger: ".o_searchview_input", run: `edit ${TITLE}` },
        { trigger: ".o_searchview_input", run: "press Enter" },
        { trigger: `.o_searchview_facet:contains("${TITLE}")` },
        { trigger: ".o_list_view:not(:has(.o_data_row))" },
        { trigger: ".o_menu_systray button:has(.fa-clock-o)", run: "click" },
        { trigger: ".o-mail-ActivityMenu" },
        {
            trigger: `.o-mail-ActivityMenu:not(:contains("${TITLE}"))`,
        },
        ...go("/odoo/office-matters", ".o_list_view"),
        ...all,
        { trigger: `.o_data_row:contains("${OTHER}")` },
        nothing,
        ...go("/odoo/office-today", ".o_action_manager > .o_action"),
        ...go("/odoo/discuss", ".o-mail-Discuss"),
    ],
});

tours.add("office_admin_reads_counts", {
    steps: () => [
        { trigger: ".o_pivot_view" },
        nothing,
        ...view("list"),
        { trigger: ".o_data_row:contains('检举控告'):contains('不足3件')" },
    ],
});
