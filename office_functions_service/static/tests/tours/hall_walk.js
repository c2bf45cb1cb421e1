import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const send = (form) => ({
    trigger: `${form} button[type='submit']`,
    run: "click",
    expectUnloadPage: true,
});

tours.add("office_citizen_asks", {
    steps: () => [
        {
            trigger: "a[href$='/office/consultation/new']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "select[name='topic_id']", run: "selectByLabel 招生入学" },
        { trigger: "input[name='name']", run: "edit 双胞胎能否同校" },
        // What was answered before is offered while one types.
        { trigger: ".o_office_offers a:contains('双胞胎能否同校')" },
        { trigger: "textarea[name='text']", run: "edit 两个孩子今年入学。" },
        { trigger: "input[name='person']", run: "edit 何晓梅" },
        { trigger: "input[name='person_phone']", run: "edit 12345" },
        send(".o_office_filing"),
        // What is wrong is said, and what was typed stays.
        { trigger: "[role='alert'] a[href='#office_person_phone']" },
        { trigger: "input[name='person']:value(何晓梅)" },
        { trigger: "input[name='person_phone']", run: "edit 13671180233" },
        send(".o_office_filing"),
        { trigger: ".o_office_code" },
        send("form[action$='/track/leave']"),
        { trigger: "form[role='search']" },
    ],
});

tours.add("office_citizen_follows", {
    steps: () => [
        {
            trigger: "input[name='code']",
            run: async (helpers) => helpers.edit(location.hash.slice(1).toLowerCase()),
        },
        { trigger: "input[name='tail']", run: "edit 0233" },
        send("form:has(input[name='code'])"),
        { trigger: ".o_office_text:contains('可以捆绑派位')" },
        { trigger: "#office_solved_yes", run: "click" },
        { trigger: "#office_score_5", run: "click" },
        send("form[action$='/track/rate']"),
        { trigger: "body:not(:has(#office_score_5)) [role='status']" },
    ],
});
