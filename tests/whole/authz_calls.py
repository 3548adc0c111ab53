"""How each endpoint is called so that it does its work: address and a valid form.

`{question}`, `{answer}` … stand for the id of such an object; the matrix puts in one of each state.
A form's values may hold them too. An endpoint without a call here fails the matrix.
"""

import re

from itsdangerous import URLSafeSerializer

from midtlink.notifications.mail.unsubscribing import SALT
from midtlink.resources import configuration
from midtlink.settings.definitions import DEFINITIONS

#: What stands in a mail to the first person of the world.
UNSUBSCRIBE = "/afmeld/" + str(
    URLSafeSerializer(configuration().Test.SECRET_KEY, salt=SALT).dumps([1, "answer"])
)
PASSWORD, NEW = "natten er lang nok", "dagen er kortere nu"
PARTICULARS = {
    "name": "Ny Navn", "email": "ny@hospital.example", "title": "", "profession": "læge",
    "phone": "", "language": "da", "department": "",
}  # fmt: skip
SYSTEM = {
    "name": "Ny", "slug": "ny", "purpose": "", "words": "", "owner": "", "owner_team": "",
    "support_phone": "", "promise": "", "is_active": "on",
}  # fmt: skip

SETTINGS = {key: str(each.default) for key, each in DEFINITIONS.items()} | {"it_phone": "4321"}

#: (endpoint, method): (address, form). Anything with an object in its address has every state.
CALLS = {
    ("questions.home", "GET"): ("/", {}),
    ("questions.lists", "GET"): ("/spoergsmaal", {}),
    ("questions.ask_page", "GET"): ("/spoerg", {}),
    ("questions.ask_question", "POST"): ("/spoerg", {"title": "Et nyt spørgsmål?", "key": "k1"}),
    ("questions.similar", "POST"): ("/lignende", {"title": "tilstand"}),
    ("questions.preview", "POST"): ("/vis-tekst", {"body": "Tekst"}),
    ("questions.mentionable", "GET"): ("/omtale?q=m&question_id={question}", {}),
    ("search.search_page", "GET"): ("/soeg?q=tilstand", {}),
    ("search.found_it", "POST"): ("/soeg/fundet", {}),
    ("search.spare", "POST"): ("/q/{question}/det-var-svaret", {"title": "Hvor er den?"}),
    ("search.unspare", "POST"): ("/q/{question}/stil-alligevel", {}),
    ("search.saved_searches", "GET"): ("/soegninger", {}),
    ("search.save", "POST"): ("/soegninger", {"q": "tilstand"}),
    ("search.watch", "POST"): ("/soegninger/1/besked", {"wanted": "on"}),
    ("search.open_saved", "POST"): ("/soegninger/1/aabning", {}),
    ("search.drop", "POST"): ("/soegninger/1/sletning", {}),
    ("search.while_typing", "POST"): ("/soeg/imens", {"q": "tilstand"}),
    ("questions.drafts", "GET"): ("/kladder", {}),
    ("questions.save", "POST"): (
        "/kladde",
        {"draft_kind": "answer", "draft_about": "{question}", "body": "Kladde"},
    ),
    ("questions.drop", "POST"): ("/kladder/{draft}/sletning", {}),
    ("questions.move", "POST"): ("/kladder/{draft}/til-side", {"wanted": "on"}),
    ("questions.question", "GET"): ("/q/{question}", {}),
    ("questions.thread", "GET"): ("/q/{question}/-", {}),
    ("questions.short", "GET"): ("/s/{question}", {}),
    ("questions.print_page", "GET"): ("/q/{question}/udskriv", {}),
    ("questions.give_answer", "POST"): ("/q/{question}/svar", {"body": "Svar", "key": "k2"}),
    ("questions.follow", "POST"): ("/q/{question}/foelg", {"wanted": "on"}),
    ("questions.choose", "POST"): (
        "/q/{thread}/valgt",
        {"answer_id": "{answer}", "wanted": "on"},
    ),
    ("questions.close_page", "GET"): ("/q/{question}/lukning", {}),
    ("questions.close_question", "POST"): (
        "/q/{question}/lukning",
        {"reason": "outdated", "note": ""},
    ),
    ("questions.reopen", "POST"): ("/q/{question}/genaabning", {}),
    ("questions.permalink", "GET"): ("/post/{comment}", {}),
    ("questions.history", "GET"): ("/post/{answer}/historik", {}),
    ("questions.edit_page", "GET"): ("/post/{answer}/rediger", {}),
    ("questions.save_edit", "POST"): (
        "/post/{answer}/rediger",
        {"body": "Rettet", "summary": "", "from_revision": "1"},
    ),
    ("questions.make_comment", "POST"): ("/post/{answer}/kommentar", {"body": "Tak", "key": "k3"}),
    ("questions.react", "POST"): ("/post/{answer}/reaktion", {"kind": "helped", "wanted": "on"}),
    ("questions.confirm", "POST"): ("/post/{answer}/bekraeftelse", {"wanted": "on"}),
    ("questions.delete", "POST"): ("/post/{answer}/sletning", {}),
    ("questions.undelete", "POST"): ("/post/{answer}/fortryd-sletning", {}),
    ("questions.thank", "POST"): ("/post/{another}/tak", {"message": "Tak"}),
    ("questions.take_thanks_back", "POST"): ("/post/{another}/tak/fortryd", {}),
    ("questions.thank_again", "POST"): ("/post/{another}/tak/igen", {}),
    ("moderation.flag_page", "GET"): ("/post/{answer}/meld", {}),
    ("moderation.flag_post", "POST"): ("/post/{answer}/meld", {"reason": "outdated", "note": ""}),
    ("moderation.flags", "GET"): ("/meldinger", {}),
    ("moderation.decide", "POST"): (
        "/meldinger/{flag}/afgoerelse",
        {"decision": "uphold", "uphold": "yes", "because": "Ja", "reason": "Ja"},
    ),
    ("moderation.hide_post", "POST"): ("/post/{answer}/skjul", {}),
    ("moderation.restore_post", "POST"): ("/post/{answer}/vis", {}),
    ("moderation.redact_page", "GET"): ("/post/{answer}/fjern-tekst", {}),
    ("moderation.redact_post", "POST"): ("/post/{answer}/fjern-tekst", {}),
    ("moderation.suggestions", "GET"): ("/forslag", {}),
    ("moderation.suggestion", "GET"): ("/forslag/{suggestion}", {}),
    ("moderation.decide_suggested", "POST"): (
        "/forslag/{suggestion}/afgoerelse",
        {"decision": "accept", "accept": "yes", "because": "", "reason": ""},
    ),
    ("topics.overview", "GET"): ("/emner", {}),
    ("topics.system", "GET"): ("/system/epj", {}),
    ("topics.status_page", "GET"): ("/system/epj/driftsstatus", {}),
    ("topics.save_status", "POST"): (
        "/system/epj/driftsstatus",
        {"status_line": "Langsom", "runs": "problem"},
    ),
    ("topics.follow_system_form", "POST"): ("/system/epj/foelg", {"wanted": "on"}),
    ("topics.duty", "POST"): ("/mig/vagt", {"wanted": "on"}),
    ("topics.tag", "GET"): ("/tag/visible", {}),
    ("topics.follow_tag_form", "POST"): ("/tag/visible/foelg", {"wanted": "on"}),
    ("topics.describe_page", "GET"): ("/tag/visible/rediger", {}),
    ("topics.describe", "POST"): (
        "/tag/visible/rediger",
        {"excerpt": "Kort", "body": "", "version": "{tag_version}"},
    ),
    ("topics.merge_page", "GET"): ("/tag/visible/sammenlaegning", {}),
    ("topics.merge", "POST"): ("/tag/visible/sammenlaegning", {"into": "closed"}),
    ("topics.synonyms", "GET"): ("/tag/visible/synonymer", {}),
    ("topics.save_synonym", "POST"): (
        "/tag/visible/synonymer",
        {"synonym": "synlig", "wanted": "on"},
    ),
    ("topics.super_users", "GET"): ("/administration/superbrugere", {}),
    ("topics.appoint_super_user", "POST"): (
        "/administration/superbrugere",
        {"username": "member", "system": "epj", "department": ""},
    ),
    ("topics.end_super_user", "POST"): ("/administration/superbrugere/1/ophoer", {}),
    ("topics.systems", "GET"): ("/administration/systemer", {}),
    ("topics.new_system_page", "GET"): ("/administration/systemer/ny", {}),
    ("topics.add_system", "POST"): ("/administration/systemer/ny", SYSTEM),
    ("topics.system_form", "GET"): ("/administration/systemer/epj", {}),
    ("topics.change_system", "POST"): ("/administration/systemer/epj", SYSTEM),
    ("people.sign_in_page", "GET"): ("/log-ind", {}),
    ("people.sign_in", "POST"): ("/log-ind", {"username": "member", "password": PASSWORD}),
    ("people.sign_out", "POST"): ("/log-ud", {}),
    ("people.remaining", "GET"): ("/log-ind/tilbage", {}),
    ("people.renew", "POST"): ("/log-ind/forny", {}),
    ("people.language", "POST"): ("/sprog", {"language": "en"}),
    ("people.password_link", "GET"): ("/adgang/{link}", {}),
    ("people.use_password_link", "POST"): (
        "/adgang/{link}",
        {"password": NEW, "again": NEW, "username": "member"},
    ),
    ("people.me", "GET"): ("/mig", {}),
    ("people.save_profile", "POST"): ("/mig", {"body": "Om mig", "title": "", "phone": ""}),
    ("people.save_appearance", "POST"): (
        "/mig/visning",
        {"language": "en", "theme": "dark", "uses_shortcuts": "on"},
    ),
    ("people.save_showing", "POST"): ("/mig/synlighed", {"is_listed": "on"}),
    ("people.hide_points", "POST"): ("/mig/skjul-point", {"wanted": "on"}),
    ("people.change_password", "POST"): (
        "/mig/adgangskode",
        {"current": PASSWORD, "password": NEW, "again": NEW},
    ),
    ("people.sign_ins", "GET"): ("/mig/log-ind", {}),
    ("people.end_sign_in", "POST"): ("/mig/log-ind/2/afslut", {}),
    ("people.end_other_sign_ins", "POST"): ("/mig/log-ind/afslut-andre", {}),
    ("people.profile", "GET"): ("/p/author", {}),
    ("people.follow_person_form", "POST"): ("/p/other/foelg", {"wanted": "on"}),
    ("people.department", "GET"): ("/afdeling/1", {}),
    ("people.follow_department_form", "POST"): ("/afdeling/1/foelg", {"wanted": "on"}),
    ("people.administration", "GET"): ("/administration", {}),
    ("people.people_list", "GET"): ("/administration/personer", {}),
    ("people.new_person_page", "GET"): ("/administration/ny-person", {}),
    ("people.add_person", "POST"): ("/administration/ny-person", {"username": "ny", **PARTICULARS}),
    ("people.person_page", "GET"): ("/administration/personer/member", {}),
    ("people.save_person", "POST"): ("/administration/personer/member", PARTICULARS),
    ("people.save_role", "POST"): (
        "/administration/personer/member/rolle",
        {"role": "it", "wanted": "on"},
    ),
    ("people.save_active", "POST"): ("/administration/personer/member/aktiv", {"wanted": "off"}),
    ("people.make_password_link", "POST"): ("/administration/personer/member/link", {}),
    ("people.mail_password_link", "POST"): (
        "/administration/personer/member/link-paa-mail",
        {},
    ),
    ("people.forgotten_page", "GET"): ("/glemt-adgangskode", {}),
    ("people.ask_by_mail", "POST"): ("/glemt-adgangskode", {"username": "member"}),
    ("people.departments", "GET"): ("/administration/afdelinger", {}),
    ("people.department_form", "GET"): ("/administration/afdelinger/1", {}),
    ("people.save_department_form", "POST"): (
        "/administration/afdelinger/1",
        {"name": "Nyt", "site": ""},
    ),
    ("people.site_form", "GET"): ("/administration/matrikler/1", {}),
    ("people.save_site_form", "POST"): ("/administration/matrikler/1", {"name": "Nyt"}),
    ("settings.settings_page", "GET"): ("/administration/indstillinger", {}),
    ("settings.save_settings", "POST"): ("/administration/indstillinger", SETTINGS),
    ("reputation.ledger", "GET"): ("/mig/point", {}),
    ("reputation.helpers", "GET"): ("/hjaelpere", {}),
    ("reputation.vote_patterns", "GET"): ("/stemmemoenstre", {}),
    ("reputation.vote_pattern", "GET"): ("/stemmemoenstre/{suspicion}", {}),
    ("reputation.decide_pattern", "POST"): (
        "/stemmemoenstre/{suspicion}/afgoerelse",
        {"reverse": "yes", "because": "En aftale."},
    ),
    ("reputation.points_explained", "GET"): ("/point", {}),
    ("reputation.badges", "GET"): ("/badges", {}),
    ("reputation.badge", "GET"): ("/badges/tidier", {}),
    ("reputation.revoke_badge_page", "GET"): ("/badges/tidier/fjernelse", {}),
    ("reputation.take_badge", "POST"): (
        "/badges/tidier/fjernelse",
        {"username": "member", "because": "Ja", "from_step": "1"},
    ),
    ("reputation.own_award", "GET"): ("/priser/1", {}),
    ("reputation.own_awards", "GET"): ("/administration/priser", {}),
    ("reputation.add_own_award", "POST"): ("/administration/priser", {"name": "Ny pris"}),
    ("reputation.own_award_form", "GET"): ("/administration/priser/1", {}),
    ("reputation.change_own_award", "POST"): ("/administration/priser/1", {"name": "Nyt navn"}),
    ("reputation.give_award", "POST"): (
        "/administration/priser/1/tildeling",
        {"username": "author", "reason": "Tak"},
    ),
    ("reputation.withdraw_award", "POST"): (
        "/administration/priser/tildelinger/1/tilbagetraekning",
        {},
    ),
    ("notifications.feeds", "GET"): ("/mig/feeds", {}),
    ("notifications.make_feed_key", "POST"): ("/mig/feeds/noegle", {}),
    ("notifications.end_feed_key", "POST"): ("/mig/feeds/noegle/afslut", {}),
    ("notifications.tag_feed", "GET"): ("/feed/findes-ikke/tag/visible.xml", {}),
    ("notifications.system_feed", "GET"): ("/feed/findes-ikke/system/epj.xml", {}),
    ("notifications.unanswered_feed", "GET"): ("/feed/findes-ikke/ubesvarede.xml", {}),
    ("notifications.department_feed", "GET"): ("/feed/findes-ikke/afdeling.xml", {}),
    ("notifications.inbox", "GET"): ("/beskeder", {}),
    ("notifications.count_new", "GET"): ("/beskeder/antal", {}),
    ("notifications.read", "POST"): ("/beskeder/laest", {"until": "9"}),
    ("notifications.unread", "POST"): ("/beskeder/ulaest", {"until": "9", "key": "1"}),
    ("notifications.later", "POST"): ("/beskeder/senere", {"until": "9", "key": "1"}),
    ("notifications.silence", "POST"): ("/q/{question}/stilhed", {"wanted": "on"}),
    ("notifications.choices", "GET"): ("/mig/beskeder", {}),
    ("notifications.save_choices", "POST"): ("/mig/beskeder", {"mode_answer": "off"}),
    ("notifications.save_hours", "POST"): (
        "/mig/beskeder/timer",
        {"quiet_from": "23", "quiet_to": "7"},
    ),
    ("notifications.save_pause", "POST"): (
        "/mig/beskeder/pause",
        {"paused_until": "2090-01-01"},
    ),
    ("notifications.unsent_mails", "GET"): ("/administration/post", {}),
    ("notifications.retry_mail", "POST"): ("/administration/post/1/igen", {}),
    ("notifications.retry_mails", "POST"): ("/administration/post/igen", {}),
    ("notifications.unsubscribe_page", "GET"): (UNSUBSCRIBE, {}),
    ("notifications.unsubscribe_by_token", "POST"): (UNSUBSCRIBE, {}),
    ("notifications.try_address", "POST"): ("/mig/beskeder/adresse", {}),
    ("notifications.hooks", "GET"): ("/administration/webhooks", {}),
    ("notifications.new_hook", "GET"): ("/administration/webhooks/ny?til=chat", {}),
    ("notifications.add_hook", "POST"): (
        "/administration/webhooks",
        {"kind": "chat", "name": "Ny", "url": "https://8.8.4.4/", "events": "question.asked"}
        | {"system": "", "department": ""},
    ),
    ("notifications.hook", "GET"): ("/administration/webhooks/1", {}),
    ("notifications.change_hook", "POST"): (
        "/administration/webhooks/1",
        {"name": "Andet", "url": "", "events": "post.edited", "system": "", "department": ""},
    ),
    ("notifications.renew_hook_secret", "POST"): ("/administration/webhooks/1/hemmelighed", {}),
    ("notifications.try_hook", "POST"): ("/administration/webhooks/1/proeve", {}),
    ("notifications.repeat_delivery", "POST"): ("/administration/webhooks/beskeder/1/igen", {}),
    ("notifications.drop_hook", "POST"): ("/administration/webhooks/1/sletning", {}),
    ("search.unfound", "GET"): ("/soegt", {}),
    ("search.dismiss", "POST"): ("/soegt/{unfound}/irrelevant", {"wanted": "on"}),
    ("search.synonyms", "GET"): ("/administration/synonymer", {}),
    ("search.new_synonyms", "GET"): ("/administration/synonymer/ny", {}),
    ("search.add_synonyms", "POST"): ("/administration/synonymer/ny", {"words": "ny, nyt"}),
    ("search.synonyms_form", "GET"): ("/administration/synonymer/1", {}),
    ("search.change_synonyms", "POST"): ("/administration/synonymer/1", {"words": "ny, nyt"}),
    ("search.delete_synonyms", "POST"): ("/administration/synonymer/1/sletning", {}),
    ("search.restore_synonyms", "POST"): (
        "/administration/synonymer/{synonyms}/fortryd-sletning",
        {},
    ),
    ("reputation.whom_to_ask", "GET"): ("/hvem?q=epj", {}),
    ("audit.journal", "GET"): ("/administration/journal", {}),
    ("static", "GET"): ("/static/x/css/tokens.css", {}),
    ("theme_css", "GET"): ("/tema.css", {}),
}
OBJECT = re.compile(r"\{(\w+)\}")


def objects(call):
    """The kinds of objects that a call speaks of."""
    address, form = call
    return OBJECT.findall(" ".join([address, *form.values()]))


def filled(call, ids, state, absent):
    """The address and form of a call about the objects of one state."""
    address, form = call

    def put(text):
        return OBJECT.sub(lambda match: str(ids.get((match[1], state), absent)), text)

    return put(address), {name: put(value) for name, value in form.items()}
