import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * The dispatch board: what is overdue and due in every section, today's meetings, who
 * is on duty, what lies too long. Every figure opens its list.
 */
export class Dispatch extends Component {
    static template = "office_functions.Dispatch";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ board: null });
        onWillStart(async () => {
            this.state.board = await this.orm.call("office.dispatch", "get_board", []);
        });
    }

    async openUnit(unit, column) {
        const action = await this.action.loadAction("office_functions.office_matter_overview_action");
        await this.action.doAction({
            ...action,
            name: `${unit.name}：${column.label}`,
            display_name: `${unit.name}：${column.label}`,
            domain: [["lead_unit_id", "=", unit.id], ...column.domain],
            context: {},
        });
    }

    openIdle(kind) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: kind.label,
            res_model: kind.model,
            views: [
                [false, "list"],
                [false, "form"],
            ],
            domain: [["is_idle", "=", true]],
            context: { group_by: ["holder_id"] },
        });
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("office_dispatch", Dispatch);
