import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    fill,
    open,
    page,
    press,
    reason,
    refused,
    select,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "关于开展课后服务规范检查的通知";
const write = (text) => ({
    trigger: '.o_field_widget[name="body"] .odoo-editor-editable',
    run: `editor ${text}`,
});

tours.add("office_outgoing_staff_drafts", {
    steps: () => [
        create,
        fill("name", TITLE),
        ...select("disclosure", "主动公开"),
        ...choose("policy_basis_ids", "招生"),
        ...choose("reviewer_id", "赵文员"),
        ...choose("countersign_unit_ids", "组织人事科"),
        ...choose("signer_id", "李主任"),
        write("为规范课后服务，现将有关事项通知如下。"),
        page("addressees"),
        ...choose("main_unit_ids", "组织人事科"),
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved" },
    ],
});

tours.add("office_outgoing_head_approves", {
    steps: () => [open(TITLE), press("submit"), state("reviewing")],
});

tours.add("office_outgoing_clerk_finds", {
    steps: () => [
        open(TITLE),
        press("return_draft"),
        ...refused("核稿意见"),
        page("review"),
        addLine("finding_ids"),
        { trigger: '.o_selected_row .o_field_widget[name="name"] input', run: "edit 检查时间未写明" },
        press("return_draft"),
        state("revising"),
    ],
});

tours.add("office_outgoing_staff_mends", {
    steps: () => [
        open(TITLE),
        write("为规范课后服务，定于6月1日至5日开展检查。"),
        page("review"),
        press("resubmit"),
        ...refused("检查时间未写明"),
        page("review"),
        {
            trigger: '.o_data_row:contains("检查时间未写明") .o_data_cell[name="is_resolved"]',
            run: "click",
        },
        { trigger: '.o_data_row:contains("检查时间未写明") input:checked' },
        press("resubmit"),
        state("reviewing"),
    ],
});

tours.add("office_outgoing_clerk_asks_countersign", {
    steps: () => [open(TITLE), press("ask_countersign"), state("countersigning")],
});

tours.add("office_outgoing_other_head_agrees", {
    steps: () => [
        open(TITLE),
        press("agree"),
        { trigger: 'body:not(:has(button[name="agree"]))' },
        page("review"),
        { trigger: '.o_field_widget[name="countersign_ids"] .o_data_row:contains("同意")' },
    ],
});

tours.add("office_outgoing_clerk_sends_to_sign", {
    steps: () => [open(TITLE), press("send_to_sign"), state("signing")],
});

tours.add("office_outgoing_leader_signs", {
    steps: () => [open(TITLE), press("sign"), ...reason("同意印发。"), state("verified")],
});

tours.add("office_outgoing_clerk_registers", {
    steps: () => [
        open(TITLE),
        press("register"),
        ...refused("印数"),
        page("print"),
        fill("print_copies", "60"),
        press("register"),
        state("registered"),
        shows("number", "〕"),
        press("print"),
        state("printing"),
        page("print"),
        ...choose("proofreader_id", "张科员"),
        press("ask_seal"),
        state("sealing"),
    ],
});

tours.add("office_outgoing_leader_approves_seal", {
    steps: () => [
        open(TITLE),
        press("approve_seal"),
        page("print"),
        shows("seal_approver_id", "李主任"),
    ],
});

tours.add("office_outgoing_clerk_issues", {
    steps: () => [
        open(TITLE),
        page("print"),
        fill("seal_copies", "60"),
        press("seal"),
        { trigger: '.o_field_widget[name="seal_use_ids"] .o_data_row:contains("赵文员")' },
        press("issue"),
        state("issued"),
        page("addressees"),
        shows("unread_names", "组织人事科"),
    ],
});

tours.add("office_outgoing_reader_confirms", {
    steps: () => [
        { trigger: ".o_searchview_facet:first .o_facet_remove", run: "click" },
        open(TITLE),
        press("action_confirm_receipt"),
        { trigger: 'body:not(:has(button[name="action_confirm_receipt"]))' },
        page("addressees"),
        { trigger: '.o_field_widget[name="receipt_ids"] .o_data_row:contains("钱科长")' },
    ],
});
