import { registry } from "@web/core/registry";
import {
    addLine,
    choose,
    create,
    field,
    fill,
    newRow,
    open,
    page,
    press,
    save,
    select,
    shows,
    state,
} from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const DRAFT = "office_draft_petition";
const MINUTE = 60_000;
const DEMAND = ".o_field_widget[name='demand_ids'] .o_selected_row";
const send = (form) => ({
    trigger: `${form} button[type='submit']`,
    run: "click",
    expectUnloadPage: true,
});
const follow = (href) => ({
    trigger: `a[href$='${href}']`,
    run: "click",
    expectUnloadPage: true,
});
const assert = (is, words) => {
    if (!is) {
        throw new Error(words);
    }
};
const kept = (is) => ({
    trigger: "body",
    run: () => assert(Boolean(localStorage.getItem(DRAFT)) === is, `A draft is kept: ${!is}`),
});

/** A photo that names its camera, as phones make them. */
async function takePhoto() {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 16;
    canvas.getContext("2d").fillRect(0, 0, 8, 8);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    const bytes = [...new Uint8Array(await blob.arrayBuffer())];
    const exif =
        "\xff\xe1\0\x29Exif\0\0MM\0*\0\0\0\x08\0\x01" +
        "\x01\x0f\0\x02\0\0\0\x07\0\0\0\x1a\0\0\0\0CAMERA\0";
    bytes.splice(2, 0, ...[...exif].map((sign) => sign.charCodeAt(0)));
    return new File([new Uint8Array(bytes)], "积水.jpg", { type: "image/jpeg" });
}

tours.add("office_citizen_petitions", {
    steps: () => [
        follow("/office/petition/new"),
        { trigger: "select[name='is_report']", run: "select ordinary" },
        { trigger: "input[name='name']", run: "edit 校门口积水无法通行" },
        kept(false),
        { trigger: "#office_keep", run: "click" },
        { trigger: "textarea[name='text']", run: "edit 下雨后积水没过脚踝。" },
        { trigger: "input[name='person']", run: "edit 何晓梅" },
        { trigger: "input[name='person_phone']", run: "edit 13671180233" },
        kept(true),
        // The connection is lost: the page is gone, and what was typed is not.
        follow("/office"),
        follow("/office/petition/new"),
        { trigger: "input[name='name']:value(校门口积水无法通行)" },
        { trigger: "textarea[name='text']:value(下雨后积水没过脚踝。)" },
        { trigger: "input[name='person_phone']:value(13671180233)" },
        { trigger: "#office_keep:checked" },
        {
            trigger: "#office_files",
            run: async ({ anchor }) => {
                const files = new DataTransfer();
                files.items.add(await takePhoto());
                anchor.files = files.files;
            },
        },
        send(".o_office_filing"),
        {
            trigger: ".o_office_code",
            run: ({ anchor }) =>
                assert(
                    /^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/.test(anchor.textContent),
                    "There is a code to be written down"
                ),
        },
        { trigger: ".o_office_filed dd:contains('信访')" },
        kept(false),
    ],
});

tours.add("office_officer_accepts", {
    steps: () => {
        let began = 0;
        return [
            // A letter is registered in under a minute.
            {
                trigger: create.trigger,
                run: async (helpers) => {
                    began = performance.now();
                    await helpers.click();
                },
            },
            fill("name", "窗口排队时间太长"),
            fill("person", "陈大爷"),
            fill("person_phone", "13900010009"),
            fill("text", "上午排了两个小时。", "textarea"),
            ...save,
            {
                trigger: ".o_field_widget[name='number']:contains('信访')",
                run: () => assert(performance.now() - began < MINUTE, "Within a minute"),
            },
            { trigger: ".o_field_widget[name='date_notice_due']" },
            { trigger: ".o_back_button", run: "click" },
            // What came by the hall is judged, accepted and handed on.
            open("校门口积水"),
            { trigger: `${field("person")}:value("何**")` },
            ...choose("lead_unit_id", "基础教育科"),
            ...choose("handler_id", "张科员"),
            addLine("demand_ids"),
            newRow("demand_ids", 1),
            fill("text", "疏通排水沟", "textarea", DEMAND),
            ...save,
            page("judging"),
            ...select("petition_class", "申诉求决"),
            ...select("route", "信访程序"),
            ...save,
            press("judge"),
            state("judged"),
            press("accept"),
            state("accepted"),
            page("notices"),
            shows("notice_ids", "受理"),
        ];
    },
});

tours.add("office_citizen_reads_opinion", {
    steps: () => [
        {
            trigger: "input[name='code']",
            run: async (helpers) => helpers.edit(location.hash.slice(1)),
        },
        { trigger: "input[name='tail']", run: "edit 0233" },
        send("form:has(input[name='code'])"),
        { trigger: "dd:contains('基础教育科')" },
        { trigger: ".o_office_text:contains('排水沟已疏通'):contains('复查')" },
        { trigger: "#office_solved_no", run: "click" },
        { trigger: "#office_score_2", run: "click" },
        { trigger: "#office_comment", run: "edit 昨天又积水了。" },
        send("form[action$='/track/rate']"),
        { trigger: "body:not(:has(#office_score_2)) [role='status']" },
        { trigger: ".badge:contains('办理')" },
    ],
});
