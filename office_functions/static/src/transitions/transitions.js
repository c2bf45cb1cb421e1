import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Asks for the written reason of a transition. It closes only once the server has
 * accepted, so that nothing typed is lost.
 */
export class TransitionNoteDialog extends Component {
    static template = "office_functions.TransitionNoteDialog";
    static components = { Dialog };
    static props = { title: String, confirm: Function, close: Function };

    setup() {
        this.state = useState({ note: "", busy: false });
        useAutofocus({ refName: "note" });
    }

    async onConfirm() {
        this.state.busy = true;
        try {
            await this.props.confirm(this.state.note);
            this.props.close();
        } finally {
            this.state.busy = false;
        }
    }
}

/**
 * The buttons of a matter's form: one for each transition the server says is open to
 * this user now. The server checks again; this only mirrors it.
 */
export class OfficeTransitions extends Component {
    static template = "office_functions.OfficeTransitions";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ busy: false });
    }

    get transitions() {
        return this.props.record.data[this.props.name] || [];
    }

    buttonClass(transition) {
        return `btn btn-${transition.style} text-nowrap`;
    }

    /** What it lacks is written beside the button, which cannot be pressed meanwhile. */
    hasGaps(transition) {
        return Boolean(transition.gaps?.length);
    }

    async onClick(transition) {
        const record = this.props.record;
        if (this.state.busy || !(await record.save())) {
            return;
        }
        if (transition.note) {
            this.dialog.add(TransitionNoteDialog, {
                title: transition.label,
                confirm: (note) => this.apply(transition, note),
            });
        } else {
            await this.apply(transition, false);
        }
    }

    /**
     * A line opened in a dialog moves what it belongs to: that is shown anew, below.
     */
    async reload(record) {
        const { root } = record.model;
        if (record !== root && this.env.dialogData) {
            this.env.dialogData.close();
            // What was typed there is kept.
            await ((await root.isDirty()) ? root.save() : root.load());
        } else {
            await record.load();
        }
    }

    async apply(transition, note) {
        const record = this.props.record;
        this.state.busy = true;
        try {
            const result = await this.orm.call(record.resModel, "do_transition", [
                [record.resId],
                transition.name,
                note,
            ]);
            if (result && typeof result === "object") {
                await this.action.doAction(result, { onClose: () => this.reload(record) });
            } else {
                await this.reload(record);
            }
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("fields").add("office_transitions", {
    component: OfficeTransitions,
    displayName: _t("Transition buttons"),
    supportedTypes: ["json"],
    isEmpty: () => false,
    label: false,
});
