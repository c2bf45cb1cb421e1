import { registry } from "@web/core/registry";
import {
    open,
    page,
    press,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const TITLE = "关于报送学位余量的通知";
const follow = (kind, arrow) => ({
    trigger: `.o_office_panel li:contains("${arrow}"):contains("${kind}") a`,
    run: "click",
});
const at = (name) => ({ trigger: `.o_form_view .o_field_widget[name="${name}"]` });

/** From an incoming document to all that grew from it, and back (S0.3). */
registry.category("web_tour.tours").add("office_chain_clerk", {
    steps: () => [
        open(TITLE),
        press("action_make_coordination"),
        state("raised"),
        page("matter"),
        follow("收文", "↑"),
        at("sender_number"),
        press("action_make_reply"),
        state("drafting"),
        { trigger: '.o_field_widget[name="document_type"] input:value("报告")' },
        page("matter"),
        follow("收文", "↑"),
        at("sender_number"),
        page("matter"),
        follow("协调事项", "↓"),
        state("raised"),
        page("matter"),
        follow("收文", "↑"),
        at("sender_number"),
        page("matter"),
        follow("发文", "↓"),
        state("drafting"),
        page("matter"),
        follow("收文", "↑"),
        at("sender_number"),
        page("matter"),
        follow("批示", "↓"),
        shows("text", "照办"),
        page("matter"),
        follow("督办件", "↓"),
        state("proposed"),
        page("matter"),
        follow("批示", "↑"),
        shows("text", "照办"),
        page("matter"),
        follow("收文", "↑"),
        at("sender_number"),
    ],
});
