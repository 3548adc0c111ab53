"""The authorization matrix: who gets what, for every route, method, role and state.

One letter for each role, in this order:

    anon, member, author, superuser, it, moderator, admin, disabled

`A` allowed, shown by a success · `L` asked to sign in · `D` refused (403) · `H` as if it were not
there (404). The author wrote the object in question, except in the state "others", where a
colleague did and the author answered. Super-users look after the search alone; an
administrator is no moderator. Hidden posts are read by moderators and by IT, deleted ones by
their author and moderators; to everybody else both are as absent.
"""

#: Writes that ignore the cookie: a signed token in their address authorises them, and can do that
#: one thing only. No token of a form is asked for, and any site may send them.
WITHOUT_COOKIE = {("notifications.unsubscribe_by_token", "POST")}

RULES: dict[tuple[str, str], dict[str, str]] = {
    ("audit.journal", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("moderation.decide", "POST"): {
        "visible": "LDDDDADL",
        "closed": "LDDDDADL",
        "hidden": "LDDDDADL",
        "deleted": "LDDDDADL",
        "others": "LDDDDADL",
        "absent": "LDDDDHDL",
    },
    ("moderation.decide_suggested", "POST"): {
        "visible": "LHAHHAHL",
        "closed": "LHAHHAHL",
        "hidden": "LHHHHAHL",
        "deleted": "LHAHHAHL",
        "others": "LHDHHAHL",
        "absent": "LHHHHHHL",
    },
    ("moderation.flag_page", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("moderation.flag_post", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("moderation.flags", "GET"): {
        "visible": "LDDDDADL",
    },
    ("moderation.hide_post", "POST"): {
        "visible": "LDDDDADL",
        "closed": "LDDDDADL",
        "hidden": "LDDDDADL",
        "deleted": "LDDDDADL",
        "others": "LDDDDADL",
        "absent": "LDDDDHDL",
    },
    ("moderation.redact_page", "GET"): {
        "visible": "LDADDADL",
        "closed": "LDADDADL",
        "hidden": "LHHHDAHL",
        "deleted": "LHAHHAHL",
        "others": "LDDDDADL",
        "absent": "LHHHHHHL",
    },
    ("moderation.redact_post", "POST"): {
        "visible": "LDADDADL",
        "closed": "LDADDADL",
        "hidden": "LHHHDAHL",
        "deleted": "LHAHHAHL",
        "others": "LDDDDADL",
        "absent": "LHHHHHHL",
    },
    ("moderation.restore_post", "POST"): {
        "visible": "LDDDDADL",
        "closed": "LDDDDADL",
        "hidden": "LDDDDADL",
        "deleted": "LDDDDADL",
        "others": "LDDDDADL",
        "absent": "LDDDDHDL",
    },
    ("moderation.suggestion", "GET"): {
        "visible": "LHAHHAHL",
        "closed": "LHAHHAHL",
        "hidden": "LHHHHAHL",
        "deleted": "LHAHHAHL",
        "others": "LHAHHAHL",
        "absent": "LHHHHHHL",
    },
    ("moderation.suggestions", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.add_hook", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.change_hook", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.choices", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.count_new", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.department_feed", "GET"): {
        "visible": "HHHHHHHH",
    },
    ("notifications.drop_hook", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.end_feed_key", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.feeds", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.hook", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.hooks", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.inbox", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.later", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.make_feed_key", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.new_hook", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.read", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.renew_hook_secret", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.repeat_delivery", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.save_choices", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.save_hours", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.save_pause", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.silence", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHDHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("notifications.system_feed", "GET"): {
        "visible": "HHHHHHHH",
    },
    ("notifications.tag_feed", "GET"): {
        "visible": "HHHHHHHH",
    },
    ("notifications.try_address", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("notifications.try_hook", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.retry_mail", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.retry_mails", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.unsent_mails", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("notifications.unsubscribe_by_token", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("notifications.unsubscribe_page", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("notifications.unanswered_feed", "GET"): {
        "visible": "HHHHHHHH",
    },
    ("notifications.unread", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.add_person", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.administration", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.ask_by_mail", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("people.change_password", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.department", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("people.department_form", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.departments", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.end_other_sign_ins", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.end_sign_in", "POST"): {
        "visible": "LHAHHHHL",
    },
    ("people.forgotten_page", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("people.language", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("people.mail_password_link", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.make_password_link", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.me", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("people.new_person_page", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.password_link", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("people.people_list", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.person_page", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.profile", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("people.remaining", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("people.renew", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.save_active", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.save_appearance", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.save_department_form", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.save_person", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.follow_department_form", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.follow_person_form", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.hide_points", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.save_showing", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.save_profile", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("people.save_role", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.save_site_form", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("people.sign_in", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("people.sign_in_page", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("people.sign_ins", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("people.sign_out", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("people.site_form", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("people.use_password_link", "POST"): {
        "visible": "AAAAAAAA",
    },
    ("questions.ask_page", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("questions.ask_question", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("questions.choose", "POST"): {
        "visible": "LDADDDDL",
        "closed": "LDADDDDL",
        "hidden": "LHHHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LDDDDDDL",
        "absent": "LHHHHHHL",
    },
    ("questions.close_page", "GET"): {
        "visible": "LDADAADL",
        "closed": "LDADAADL",
        "hidden": "LHDHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LDDDAADL",
        "absent": "LHHHHHHL",
    },
    ("questions.close_question", "POST"): {
        "visible": "LDADAADL",
        "closed": "LDADAADL",
        "hidden": "LHDHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LDDDAADL",
        "absent": "LHHHHHHL",
    },
    ("questions.confirm", "POST"): {
        "visible": "LDDDADDL",
        "closed": "LDDDADDL",
        "hidden": "LHHHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LDDDADDL",
        "absent": "LHHHHHHL",
    },
    ("questions.delete", "POST"): {
        "visible": "LDADDDDL",
        "closed": "LDADDDDL",
        "hidden": "LHHHDDHL",
        "deleted": "LHAHHDHL",
        "others": "LDDDDDDL",
        "absent": "LHHHHHHL",
    },
    ("questions.drafts", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("questions.drop", "POST"): {
        "visible": "LHAHHHHL",
        "closed": "LHAHHHHL",
        "hidden": "LHAHHHHL",
        "deleted": "LHAHHHHL",
        "others": "LHHHHHHL",
        "absent": "LHHHHHHL",
    },
    ("questions.mentionable", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHAHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.move", "POST"): {
        "visible": "LHAHHHHL",
        "closed": "LHAHHHHL",
        "hidden": "LHAHHHHL",
        "deleted": "LHAHHHHL",
        "others": "LHHHHHHL",
        "absent": "LHHHHHHL",
    },
    ("questions.edit_page", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHDAHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.follow", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHDHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.give_answer", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LDDDDDDL",
        "hidden": "LHDHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.history", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.home", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("questions.lists", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("questions.make_comment", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.permalink", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.preview", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("questions.print_page", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.question", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHAHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.react", "POST"): {
        "visible": "LADAAAAL",
        "closed": "LADAAAAL",
        "hidden": "LHHHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.reopen", "POST"): {
        "visible": "LDDDAADL",
        "closed": "LDADAADL",
        "hidden": "LHDHDDHL",
        "deleted": "LHDHHDHL",
        "others": "LDDDAADL",
        "absent": "LHHHHHHL",
    },
    ("questions.save", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHAHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.save_edit", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHHHDAHL",
        "deleted": "LHDHHDHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.short", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHAHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.similar", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("questions.take_thanks_back", "POST"): {
        "visible": "LDADDADL",
        "closed": "LDADDADL",
        "hidden": "LHHHDAHL",
        "deleted": "LDADDADL",
        "others": "LDDDDADL",
        "absent": "LHHHHHHL",
    },
    ("questions.thank", "POST"): {
        "visible": "LDADDDDL",
        "closed": "LDADDDDL",
        "hidden": "LHHHDDHL",
        "deleted": "LDADDDDL",
        "others": "LDDDDDDL",
        "absent": "LHHHHHHL",
    },
    ("questions.thank_again", "POST"): {
        "visible": "LDADDDDL",
        "closed": "LDADDDDL",
        "hidden": "LHHHDDHL",
        "deleted": "LDADDDDL",
        "others": "LDDDDDDL",
        "absent": "LHHHHHHL",
    },
    ("questions.thread", "GET"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHAHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("questions.undelete", "POST"): {
        "visible": "LDADDADL",
        "closed": "LDADDADL",
        "hidden": "LHHHDAHL",
        "deleted": "LHAHHAHL",
        "others": "LDDDDADL",
        "absent": "LHHHHHHL",
    },
    ("reputation.decide_pattern", "POST"): {
        "visible": "LDDDDADL",
    },
    ("reputation.helpers", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.vote_pattern", "GET"): {
        "visible": "LDDDDADL",
    },
    ("reputation.vote_patterns", "GET"): {
        "visible": "LDDDDADL",
    },
    ("reputation.ledger", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.points_explained", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.whom_to_ask", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.add_own_award", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("reputation.badge", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.badges", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.change_own_award", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("reputation.give_award", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("reputation.own_award", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("reputation.own_award_form", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("reputation.own_awards", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("reputation.revoke_badge_page", "GET"): {
        "visible": "LDDDDADL",
    },
    ("reputation.take_badge", "POST"): {
        "visible": "LDDDDADL",
    },
    ("reputation.withdraw_award", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("search.add_synonyms", "POST"): {
        "visible": "LDDAAAAL",
    },
    ("search.change_synonyms", "POST"): {
        "visible": "LDDAAAAL",
    },
    ("search.delete_synonyms", "POST"): {
        "visible": "LDDAAAAL",
    },
    ("search.dismiss", "POST"): {
        "visible": "LDDAAADL",
    },
    ("search.drop", "POST"): {
        "visible": "LHAHHHHL",
    },
    ("search.found_it", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("search.new_synonyms", "GET"): {
        "visible": "LDDAAAAL",
    },
    ("search.open_saved", "POST"): {
        "visible": "LHAHHHHL",
    },
    ("search.restore_synonyms", "POST"): {
        "visible": "LDDAAAAL",
    },
    ("search.save", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("search.saved_searches", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("search.search_page", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("search.spare", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LHDHAAHL",
        "deleted": "LHAHHAHL",
        "others": "LAAAAAAL",
        "absent": "LHHHHHHL",
    },
    ("search.synonyms", "GET"): {
        "visible": "LDDAAAAL",
    },
    ("search.synonyms_form", "GET"): {
        "visible": "LDDAAAAL",
    },
    ("search.unfound", "GET"): {
        "visible": "LDDAAADL",
    },
    ("search.unspare", "POST"): {
        "visible": "LAAAAAAL",
        "closed": "LAAAAAAL",
        "hidden": "LAAAAAAL",
        "deleted": "LAAAAAAL",
        "others": "LAAAAAAL",
        "absent": "LAAAAAAL",
    },
    ("search.watch", "POST"): {
        "visible": "LHAHHHHL",
    },
    ("search.while_typing", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("settings.save_settings", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("settings.settings_page", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("static", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("theme_css", "GET"): {
        "visible": "AAAAAAAA",
    },
    ("topics.add_system", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("topics.appoint_super_user", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("topics.change_system", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("topics.describe", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("topics.describe_page", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("topics.duty", "POST"): {
        "visible": "LDDADDDL",
    },
    ("topics.end_super_user", "POST"): {
        "visible": "LDDDDDAL",
    },
    ("topics.follow_system_form", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("topics.follow_tag_form", "POST"): {
        "visible": "LAAAAAAL",
    },
    ("topics.merge", "POST"): {
        "visible": "LDDDDADL",
    },
    ("topics.merge_page", "GET"): {
        "visible": "LDDDDADL",
    },
    ("topics.new_system_page", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("topics.overview", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("topics.save_status", "POST"): {
        "visible": "LDDDADAL",
    },
    ("topics.save_synonym", "POST"): {
        "visible": "LDDDDADL",
    },
    ("topics.status_page", "GET"): {
        "visible": "LDDDADAL",
    },
    ("topics.super_users", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("topics.synonyms", "GET"): {
        "visible": "LDDDDADL",
    },
    ("topics.system", "GET"): {
        "visible": "LAAAAAAL",
    },
    ("topics.system_form", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("topics.systems", "GET"): {
        "visible": "LDDDDDAL",
    },
    ("topics.tag", "GET"): {
        "visible": "LAAAAAAL",
    },
}
