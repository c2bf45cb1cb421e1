import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * The decomposition matrix: every unit and person with what they have done, have in hand
 * or are late with. Every figure opens its tasks.
 */
export class SupervisionMatrix extends Component {
    static template = "office_functions_supervision.Matrix";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ matrix: null, pressed: false });
        onWillStart(async () => {
            // The ticket it was opened from; from the menu: all that run.
            const { context = {} } = this.props.action;
            this.state.matrix = await this.orm.call("office.supervision.matrix", "get_matrix", [
                context.active_id || false,
            ]);
        });
    }

    get units() {
        const { units } = this.state.matrix;
        const isPressed = (line) => line.counts.overdue || line.counts.soon;
        if (!this.state.pressed) {
            return units;
        }
        return units
            .filter(isPressed)
            .map((unit) => ({ ...unit, persons: unit.persons.filter(isPressed) }));
    }

    /** The columns in which a line has anything, as shares of a bar. */
    getShares(line) {
        return this.state.matrix.columns
            .filter((column) => line.counts[column.key])
            .map((column) => ({
                ...column,
                number: line.counts[column.key],
                width: (100 * line.counts[column.key]) / line.number,
            }));
    }

    async openTasks(unit, person, column) {
        const domain = [...this.state.matrix.domain, ...(column ? column.domain : [])];
        if (unit) {
            domain.push(["lead_unit_id", "=", unit.id]);
        }
        if (person) {
            domain.push(["handler_id", "=", person.id]);
        }
        const words = [unit && unit.name, person && person.name, column && column.label];
        const name = words.filter(Boolean).join(" · ");
        const action = await this.action.loadAction(
            "office_functions_supervision.office_supervision_task_action"
        );
        await this.action.doAction({
            ...action,
            name: name || action.name,
            display_name: name || action.name,
            domain,
            context: {},
        });
    }

    openPivot() {
        return this.action.doAction(
            "office_functions_supervision.office_supervision_task_action_matrix"
        );
    }
}

registry.category("actions").add("office_supervision_matrix", SupervisionMatrix);
