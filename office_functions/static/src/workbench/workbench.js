import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { OfficeChart } from "../charts/office_chart";

/**
 * Where everybody starts the day: one panel a function, one's own most urgent matters
 * and today's meetings. One read-only call fills it; every figure opens its list.
 */
export class Workbench extends Component {
    static template = "office_functions.Workbench";
    static components = { Layout, OfficeChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ data: null });
        onWillStart(() => this.load());
    }

    async load() {
        this.state.data = await this.orm.call("office.workbench", "get_workbench", []);
    }

    get panels() {
        return this.state.data.panels.filter((panel) => panel.figures.length);
    }

    /** What is there stands out from what is not. */
    figureClass({ tone, value }) {
        return value === 0 ? "text-muted opacity-50" : tone ? `text-${tone}` : "";
    }

    lightClass(light) {
        return {
            red: "text-bg-danger",
            yellow: "text-bg-warning",
            green: "text-bg-success",
        }[light];
    }

    async openFigure(figure) {
        const action = await this.action.loadAction(figure.action);
        await this.action.doAction({
            ...action,
            display_name: figure.label,
            name: figure.label,
            domain: figure.domain,
            context: {},
        });
    }

    /** Opens the matters behind one bar: a unit's of one light. */
    async openBar({ index, datasetIndex }) {
        const { units } = this.state.data.charts;
        const action = await this.action.loadAction("office_functions.office_matter_overview_action");
        await this.action.doAction({
            ...action,
            domain: [
                ["lead_unit_id", "=", units.ids[index]],
                ["light", "=", units.datasets[datasetIndex].key],
            ],
            context: {},
        });
    }

    openRecord(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("office_workbench", Workbench);
