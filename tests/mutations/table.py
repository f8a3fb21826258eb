"""Small faults, each of which one promise's test must notice.

The texts are those of the code as it stands; whoever changes such a line changes its row here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutation:
    """One fault: ``old`` stands once in ``file`` and becomes ``new``; ``test`` must then fail."""

    file: str
    old: str
    new: str
    #: "tests/…/test_file.py::test_pNN_…", with a parameter where one is enough.
    test: str

    @property
    def promise(self) -> str:
        """The number of the promise, as two digits."""
        return self.test.partition("::test_p")[2][:2]


MUTATIONS = [
    # Rows are stored one by one, with no transaction around them.
    Mutation(
        "balikpapan/audit/chain.py",
        "        with transaction.atomic():\n            yield\n            if _local",
        "        if True:\n            yield\n            if _local",
        "tests/trust/test_p01_faults.py::"
        "test_p01_a_fault_while_storing_leaves_nothing_and_the_next_try_stores_once",
    ),
    # A colleague presses in another one's place.
    Mutation(
        "balikpapan/intake/admin.py",
        "        if upload is None or (own and not mine):\n",
        "        if upload is None:\n",
        "tests/trust/test_hostile_sequence.py::test_p07_another_users_upload_is_not_there",
    ),
    # A form pressed twice is two forms.
    Mutation(
        "balikpapan/audit/form_tokens.py",
        "        return self._record(same=True)\n",
        "        return None\n",
        "tests/audit/test_form_tokens.py::"
        "test_p09_the_second_press_makes_nothing_and_shows_the_record_of_the_first",
    ),
    # A file swapped after its preview is stored.
    Mutation(
        "balikpapan/intake/uploads.py",
        "        if not storage.is_whole(upload.sha256):\n            raise PlanChanged\n",
        "",
        "tests/intake/planning/test_apply.py::"
        "test_p13_a_file_that_was_swapped_after_the_preview_is_not_stored",
    ),
    # The version a form was opened with is not looked at.
    Mutation(
        "balikpapan/audit/forms.py",
        "        if self.instance.version == seen:\n",
        "        if True:\n",
        "tests/test_stale_forms.py::"
        "test_p14_the_second_editor_keeps_his_typing_and_sees_all_three_values",
    ),
    # A plan that is another one by now is stored all the same.
    Mutation(
        "balikpapan/intake/confirmation.py",
        "        if plan.fingerprint != self.upload.fingerprint:\n            raise PlanChanged\n",
        "",
        "tests/intake/planning/test_apply.py::test_p15_a_newer_edit_is_never_overwritten",
    ),
    # A blank cell is a value like any other.
    Mutation(
        "balikpapan/intake/planning/row_values.py",
        "            attribute: value\n"
        "            for attribute, cells in self._page\n"
        "            if (value := cells[place]) is not None\n",
        "            attribute: cells[place]\n            for attribute, cells in self._page\n",
        "tests/trust/test_hostile_texts.py::test_p16_a_blank_cell_keeps_what_is_stored",
    ),
    # Money is a fraction, which SQLite keeps as a float.
    Mutation(
        "balikpapan/audit/fields.py",
        "class RupiahField(Ranged, models.BigIntegerField):",
        "class RupiahField(Ranged, models.DecimalField):",
        "tests/test_model_conventions.py::test_p17_no_column_of_money_is_a_fraction",
    ),
    # Dates are read month first.
    Mutation(
        "balikpapan/spreadsheets/cells/dates.py",
        "    day, month, year = parts\n",
        "    month, day, year = parts\n",
        "tests/trust/test_hostile_numbers.py::test_p18_dates_mean_what_indonesians_wrote",
    ),
    # Every word that is not yes is no, as a stock widget has it.
    Mutation(
        "balikpapan/spreadsheets/cells/words.py",
        "    if word in _NO | _NO_MARKS:\n",
        "    if word:\n",
        "tests/spreadsheets/cells/test_words.py::test_p19_any_other_word_is_refused_with_the_remedy",
    ),
    # A NIK that Excel holds as a number is believed.
    Mutation(
        "balikpapan/spreadsheets/cells/identifiers.py",
        "    if len(digits) > 15 or min(lengths) > 15:\n",
        "    if len(digits) > 17:\n",
        "tests/spreadsheets/cells/test_identifiers.py::"
        "test_p20_a_nik_in_a_number_cell_is_refused_even_if_it_looks_right",
    ),
    # A module writes past the trail.
    Mutation(
        "industry/verifying.py",
        '    store(business, by=by, channel=channel, reason="verifikasi")\n',
        "    Business.objects.filter(pk=business.pk).update(verified_on=business.verified_on)\n",
        "tests/trust/test_p23_one_way.py::test_p23_no_module_writes_records_past_the_trail",
    ),
    # What stands in the trail may be written again.
    Mutation(
        "balikpapan/audit/triggers.py",
        '        update: f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {act}",\n',
        "",
        "tests/trust/test_p24_append_only.py::test_p24_what_stands_in_the_trail_is_not_written_again",
    ),
    # A closed year is closed in forms only.
    Mutation(
        "balikpapan/audit/store.py",
        "        raise FrozenYear(min(closed))\n",
        "        return\n",
        "tests/yearbook/test_closing.py::test_p25_a_record_of_a_closed_year_is_not_written",
    ),
    # What is archived stays in its list.
    Mutation(
        "balikpapan/audit/changelist.py",
        '        return queryset.filter(archived_at__isnull=self.value() != "ya")\n',
        "        return queryset\n",
        "tests/test_lists.py::test_p26_archived_records_are_out_of_the_list_until_asked_for",
    ),
    # Migrations ahead of the program are taken for its own.
    Mutation(
        "balikpapan/checks.py",
        "    if not unknown:\n",
        "    if True:\n",
        "tests/test_checks.py::test_p32_a_database_of_a_newer_program_is_refused",
    ),
    # A check looks away.
    Mutation(
        "balikpapan/data_checks/uploads.py",
        "            if not digests[sha256]:\n",
        "            if False:\n",
        "tests/trust/test_p33_check_data.py::"
        "test_p33_each_damage_of_files_is_found_by_its_check[original_altered]",
    ),
    # Whoever knows the address of the upload page may hand in.
    Mutation(
        "balikpapan/intake/pages/handing_in.py",
        '    if not may(request.user, "import", register):\n        raise PermissionDenied\n',
        "",
        "tests/test_pages.py::test_p35_only_the_right_to_import_hands_a_sheet_in",
    ),
    # Personal data are not masked.
    Mutation(
        "balikpapan/audit/personal_data.py",
        '    return value if value in (None, "") else mask_value(field, str(value))\n',
        "    return value\n",
        "tests/test_personal_pages.py::test_p36_personal_data_stand_on_no_page_of_a_reader",
    ),
    # Whoever entered figures may verify them.
    Mutation(
        "industry/verifying.py",
        "    return bool(set(changed) - stated) or entered_by == user.pk\n",
        "    return bool(set(changed) - stated)\n",
        "tests/industry/test_verifying.py::test_p38_who_changed_figures_last_does_not_verify_them",
    ),
    # A log-in nobody uses stays open.
    Mutation(
        "balikpapan/accounts/middleware.py",
        "                or now - seen >= settings.SESSION_LONGEST_IDLE.total_seconds()\n",
        "",
        "tests/accounts/test_middleware.py::test_p39_a_login_ends_after_an_hour_without_a_click",
    ),
    # An office behind one address is locked out by one who guesses there.
    Mutation(
        "balikpapan/accounts/throttling.py",
        "        return self.address_is_locked(request) and not is_at_home(request, credentials)\n",
        "        return self.address_is_locked(request)\n",
        "tests/accounts/test_throttling.py::"
        "test_p40_who_has_been_let_in_from_an_address_is_not_shut_out_by_guessing_there",
    ),
    # A list answers whatever an address asks of it.
    Mutation(
        "balikpapan/audit/changelist.py",
        "        return {name: value for name, value in given.items() if name in allowed | own}\n",
        "        return given\n",
        "tests/test_personal_pages.py::test_p43_a_query_string_cannot_ask_what_a_list_does_not_offer",
    ),
    # A DOCTYPE is read.
    Mutation(
        "balikpapan/spreadsheets/readers/safe_xml.py",
        "        parser.StartDoctypeDeclHandler = self._doctype\n",
        "",
        "tests/spreadsheets/readers/test_safe_xml.py::test_p46_what_is_no_plain_xml_is_refused",
    ),
    # A formula leaves in a csv as it came.
    Mutation(
        "balikpapan/spreadsheets/writing.py",
        '    return f"\'{text}" if text.startswith("\'") or is_live(text) else text\n',
        "    return text\n",
        "tests/spreadsheets/test_writing.py::test_p47_live_text_is_guarded_in_a_csv",
    ),
    # Whoever writes a line break into an address writes the log.
    Mutation(
        "balikpapan/logs.py",
        "super().format(record).translate(ESCAPES)\n",
        "super().format(record)\n",
        "tests/test_logs.py::test_p51_what_a_visitor_typed_cannot_start_a_line",
    ),
    # One person is enough to destroy.
    Mutation(
        "balikpapan/privacy/destruction.py",
        "    if by.pk == destruction.asked_by_id:\n",
        "    if False:\n",
        "tests/privacy/test_destruction.py::test_p54_one_person_alone_destroys_nothing",
    ),
    # What names the person since it was asked goes without being shown.
    Mutation(
        "balikpapan/privacy/destruction.py",
        "    if more := now.items() - asked.items() - set(including):\n",
        "    if more := set():\n",
        "tests/privacy/test_destruction.py::"
        "test_p54_what_names_the_person_since_it_was_asked_goes_only_where_the_second_agrees",
    ),
    # The write path asks nobody whose figures are verified.
    Mutation(
        "balikpapan/audit/store.py",
        "        record.check_verifier(by, changed)\n",
        "        pass\n",
        "tests/industry/test_verifying.py::"
        "test_p38_the_write_path_itself_lets_nobody_verify_what_is_ones_own",
    ),
    # A key that everybody knows is accepted.
    Mutation(
        "balikpapan/checks.py",
        " or key.lower().startswith(SAMPLE_KEYS):\n",
        ":\n",
        "tests/test_checks.py::test_p56_a_short_or_known_key_is_refused",
    ),
    # A package with a known hole is locked.
    Mutation(
        "requirements.txt",
        "django==5.2.19 ",
        "django==5.2.10 ",
        "tests/test_conventions.py::test_p57_no_locked_package_is_below_its_floor",
    ),
    # A page fetches something from elsewhere.
    Mutation(
        "balikpapan/templates/404.html",
        "{% block told %}",
        '{% block told %}<script src="https://cdn.contoh.example/a.js"></script>',
        "tests/test_conventions.py::"
        "test_p59_templates_hold_no_inline_script_style_or_foreign_address",
    ),
]
