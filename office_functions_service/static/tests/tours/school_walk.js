import { registry } from "@web/core/registry";
import { choose, fill, open, press, state } from "@office_functions/../tests/tours/walk_steps";

const tours = registry.category("web_tour.tours");
const QUESTION = "学期中途学生转学手续怎么办理";

tours.add("office_school_asks", {
    steps: () => [
        { trigger: ".o_office_asks input[name='name']", run: `edit ${QUESTION}` },
        {
            trigger: ".o_office_asks select[name='topic_id']",
            run: "selectByLabel 招生入学",
        },
        { trigger: ".o_office_asks textarea[name='text']", run: "edit 需要哪些材料？" },
        {
            trigger: ".o_office_asks button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: `h3:contains("${QUESTION}")` },
        { trigger: "body:not(:has(.o_office_rate))" },
    ],
});

tours.add("office_section_answers", {
    steps: () => [
        open(QUESTION),
        press("accept"),
        state("accepted"),
        fill("answer_draft", "由转入学校在学籍系统中发起。", "textarea"),
        // Without the rule it stands on no answer is given; what is typed stays.
        press("answer"),
        { trigger: ".o_error_dialog .modal-footer .btn-primary", run: "click" },
        { trigger: "body:not(:has(.o_error_dialog))" },
        ...choose("regulation_ids", "招生"),
        press("answer"),
        state("answered"),
        press("action_make_guidance"),
        press("propose"),
        state("proposed"),
    ],
});

tours.add("office_director_approves_guidance", {
    steps: () => [open(QUESTION), press("publish"), state("published")],
});

tours.add("office_school_rates", {
    steps: () => [
        { trigger: ".o_office_cited:contains('招生')" },
        { trigger: ".o_office_stars label[for='score_5']", run: "click" },
        {
            trigger: ".o_office_rate button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_office_own_stars:contains('★★★★★')" },
    ],
});

tours.add("office_other_school_finds_it", {
    steps: () => [
        { trigger: ".o_office_asks input[name='name']", run: "edit 请问转学要什么手续" },
        { trigger: `.o_office_offers a[target='_blank']:contains("${QUESTION}")` },
        { trigger: ".o_office_asks input[name='name']", run: "edit 校服怎么买" },
        { trigger: ".o_office_asks:not(:has(.o_office_offers a))" },
    ],
});

tours.add("office_other_school_is_helped", {
    steps: () => [
        { trigger: "input[name='words']", run: "edit 转学" },
        {
            trigger: "form[role='search'] button[type='submit']",
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: `.o_office_guidance:contains("${QUESTION}")`,
            run: "click",
            expectUnloadPage: true,
        },
        {
            trigger: "form[action$='/useful'] button",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".alert-success" },
    ],
});
