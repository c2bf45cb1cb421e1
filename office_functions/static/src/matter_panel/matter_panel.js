import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { TransitionNoteDialog } from "../transitions/transitions";
import { _t } from "@web/core/l10n/translation";

/**
 * What every matter shows beside its own fields: how its deadline came about, who
 * moved it, who was urged and what they answered, what it came from and led to.
 */
export class MatterPanel extends Component {
    static template = "office_functions.MatterPanel";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ panel: null });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps((nextProps) => this.load(nextProps.record));
    }

    async load(record) {
        this.state.panel = record.resId
            ? await this.orm.call(record.resModel, "get_matter_panel", [[record.resId]])
            : null;
    }

    async openAction(method) {
        const record = this.props.record;
        if (!(await record.save())) {
            return;
        }
        const action = await this.orm.call(record.resModel, method, [[record.resId]]);
        await this.action.doAction(action, { onClose: () => record.load() });
    }

    openMatter(link) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: link.model,
            res_id: link.id,
            views: [[false, "form"]],
        });
    }

    reply(urging) {
        this.dialog.add(TransitionNoteDialog, {
            title: _t("Reply to the urging notice"),
            confirm: async (note) => {
                await this.orm.call("office.urging", "send_reply", [[urging.id], note]);
                await this.load(this.props.record);
            },
        });
    }

    recuse() {
        const record = this.props.record;
        this.dialog.add(TransitionNoteDialog, {
            title: _t("Declare your recusal: what is your direct interest?"),
            confirm: async (note) => {
                await this.orm.call(record.resModel, "recuse", [[record.resId], false, note]);
                this.action.restore();
            },
        });
    }
}

registry.category("view_widgets").add("office_matter_panel", { component: MatterPanel });
