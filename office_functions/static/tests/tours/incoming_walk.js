import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    fill,
    mark,
    newRow,
    open,
    page,
    press,
    reason,
    refused,
    save,
    select,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const TITLE = "关于做好汛期校园安全工作的通知";

tours.add("office_incoming_clerk_registers", {
    steps: () => [
        create,
        fill("name", TITLE),
        fill("sender", "市教育委员会"),
        fill("sender_number", "渝教安〔2026〕12号"),
        mark("direction", "down"),
        ...select("urgency", "加急"),
        press("register"),
        state("registered"),
        shows("number", "收"),
        // Screening without saying how: everything missing is named, nothing is lost.
        press("screen"),
        ...refused("初审"),
        page("screening"),
        mark("screening", "submit"),
        fill("screening_reason", "涉及全区学校，需领导批示", "textarea"),
        ...choose("leader_id", "李主任"),
        press("screen"),
        state("screened"),
    ],
});

tours.add("office_incoming_director_proposes", {
    steps: () => [
        open(TITLE),
        ...choose("lead_unit_id", "基础教育科"),
        fill("proposal", "拟请基础教育科牵头，三日内部署。", "textarea"),
        press("propose"),
        ...refused("紧急"),
        fill("date_deadline", "+3d"),
        press("propose"),
        state("proposed"),
    ],
});

tours.add("office_incoming_leader_instructs", {
    steps: () => [
        open(TITLE),
        shows("proposal", "拟请基础教育科牵头"),
        press("instruct"),
        ...reason("同意拟办意见，请基础教育科抓好落实。"),
        state("instructed"),
        shows("instruction", "抓好落实"),
        shows("directive_id", TITLE),
    ],
});

tours.add("office_incoming_clerk_hands_on", {
    steps: () => [
        open(TITLE),
        press("assign"),
        state("handling"),
        { trigger: '.o_field_widget[name="directive_id"] a', run: "click" },
        state("recorded"),
        shows("text", "同意拟办意见"),
        ...choose("handler_id", "周科长"),
        press("issue"),
        state("issued"),
    ],
});

tours.add("office_incoming_head_names_handler", {
    steps: () => [open(TITLE), state("handling"), ...choose("handler_id", "张科员"), ...save],
});

tours.add("office_incoming_staff_replies", {
    steps: () => [
        open(TITLE),
        press("reply"),
        ...refused("答复"),
        fill("result", "已召开部署会，42所学校完成自查。", "textarea"),
        fill("reply_text", "我区已全面部署并完成自查。", "textarea"),
        press("reply"),
        state("replied"),
    ],
});

tours.add("office_incoming_head_reports", {
    steps: () => [
        open(TITLE),
        press("accept"),
        state("accepted"),
        press("report"),
        ...reason("已部署完毕，自查全部完成。"),
        state("reported"),
    ],
});

tours.add("office_incoming_leader_confirms", {
    steps: () => [open(TITLE), press("confirm"), state("confirmed")],
});

tours.add("office_incoming_clerk_archives", {
    steps: () => [
        { trigger: ".o_searchview_facet:first .o_facet_remove", run: "click" },
        open(TITLE),
        press("archive"),
        ...refused("保管期限"),
        ...select("retention", "30年"),
        press("archive"),
        state("archived"),
        page("matter"),
        { trigger: '.o_office_log:contains("李主任"):contains("抓好落实")' },
    ],
});

// For reading: by scan, and around its readers -----------------------------------------

/** A PDF of one page whose words can be read. */
function makePdf(words) {
    const content = `BT /F1 12 Tf 72 720 Td (${words}) Tj ET`;
    const parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " +
            "/Resources << /Font << /F1 5 0 R >> >> >>",
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ];
    let text = "%PDF-1.4\n";
    const offsets = parts.map((part, index) => {
        const offset = text.length;
        text += `${index + 1} 0 obj\n${part}\nendobj\n`;
        return offset;
    });
    const start = text.length;
    text += `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n`;
    for (const offset of offsets) {
        text += `${String(offset).padStart(10, "0")} 00000 n \n`;
    }
    text += `trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
    return new File([text], "汛期值守工作简报.pdf", { type: "application/pdf" });
}

const BRIEF = "汛期值守工作简报";

tours.add("office_incoming_clerk_scans", {
    steps: () => [
        { trigger: '.o-dropdown[data-menu-xmlid="office_functions.office_menu_coordination"]', run: "click" },
        { trigger: '.o-dropdown-item[data-menu-xmlid="office_functions.office_document_scan_menu"]', run: "click" },
        fill("sender", "市防汛办", "input", ".modal"),
        {
            trigger: '.modal .o_field_widget[name="attachment_ids"] .o_attach',
            run() {
                const chosen = new DataTransfer();
                chosen.items.add(makePdf("Flood watch bulletin of the city"));
                const input = document.querySelector(".modal .o_input_file");
                input.files = chosen.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: '.modal .o_attachment:contains("汛期值守工作简报")' },
        press("action_receive", ".modal"),
        state("received"),
        page("text"),
        { trigger: '.o_field_widget[name="text_content"] textarea:value("Flood watch bulletin")' },
        press("register"),
        state("registered"),
        mark("kind", "reading"),
        page("screening"),
        mark("screening", "submit"),
        fill("screening_reason", "请领导和科室阅知", "textarea"),
        press("screen"),
        state("screened"),
        page("circulation"),
        addLine("circulation_ids"),
        newRow("circulation_ids", 1),
        ...choose("user_id", "李主任", ".o_selected_row"),
        addLine("circulation_ids"),
        newRow("circulation_ids", 2),
        ...choose("user_id", "周科长", ".o_selected_row"),
        press("circulate"),
        state("circulating"),
        shows("unread_names", "李主任、周科长"),
    ],
});

tours.add("office_incoming_first_reads", {
    steps: () => [
        open(BRIEF),
        press("read"),
        shows("unread_names", "周科长"),
        { trigger: 'body:not(:has(button[name="read"]))' },
    ],
});

tours.add("office_incoming_second_remarks", {
    steps: () => [
        open(BRIEF),
        press("remark"),
        ...reason("建议各校照此值守。"),
        { trigger: 'body:not(:has(button[name="remark"]))' },
        page("circulation"),
        { trigger: '.o_field_widget[name="circulation_ids"]:contains("照此值守")' },
    ],
});

tours.add("office_incoming_clerk_files", {
    steps: () => [
        open(BRIEF),
        ...select("retention", "10年"),
        press("archive_read"),
        state("archived"),
    ],
});
