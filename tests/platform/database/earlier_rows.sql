-- Rows of a small exam as databases of each level of the schema held them. "from N" is the first step of sql/ after which a statement can run, "to N" the
-- last one; without it, every later level too. upgrade_test.cpp puts them in and looks at them again after the upgrade.

-- from 1
INSERT INTO exams (exam_id, exam_code, created_at) VALUES (1, 'old-1', '2020-06-05 10:00:00.123456');

-- from 2
INSERT INTO populations (population_id, exam_id, input_sha256, name_ko, name_en, exam_on, time_zone, number_prefix, number_digits, number_check_digit, min_gap_cm, people_cap, mixing, travel, detour_cap_m, weight_travel, weight_room, weight_unit_at_venue, weight_venue, seat_order, seat_origin, booklets, reserve_rooms_per_venue, reserve_rooms_per_district, spare_booklets_per_room, change_weight_venue, change_weight_room, change_weight_seat, applicant_count, imported_at)
VALUES (1, 1, REPEAT('a', 64), '제1회 시험 ''가''', 'Round 1', '2020-06-13', 'Asia/Seoul', 'unit_code', 6, 0, 120, 20, 'never', 'table', 12000, 1, 0, 0, 0, 'column_down', 'front_left', 2, 0, 0, 1, 400, 20, 1, 3, '2020-06-05 10:00:00');

-- from 3
INSERT INTO units (population_id, unit_position, unit_code, series_ko, series_en, quota_group, grade, posts, duration_min, subject_set)
VALUES (1, 0, '010', '일반행정', 'General administration', 'general', 9, 10, 100, 'set-1'), (1, 1, '020', '세무', '', 'disabled', 9, 0, 100, '');

-- from 4
INSERT INTO venues (population_id, venue_position, venue_code, name, district_code, address, lat, lon, kind, opening_cost, phone, merged_into)
VALUES (1, 0, 'V1', '한빛고등학교', '11110', '종로구 1', 37.5, 127.000001, 'regular', 0, '02-000-0000', ''), (1, 1, 'V2', '새솔중학교', '11140', '', 37.6, 126.9, 'isolation', 5, '', 'V1');

-- from 5
INSERT INTO rooms (population_id, room_position, venue_position, room_no, building, floor, row_count, column_count, row_pitch_cm, column_pitch_cm, blocked, people_cap, is_accessible, room_use)
VALUES (1, 0, 0, 1, '본관', '1', 5, 5, 130, 140, '2-5;3-1', NULL, 1, 'exam'), (1, 1, 1, 1, '', '', 1, 1, 0, 0, '', 0, 0, 'reserve');

-- from 6
INSERT INTO applicants (population_id, applicant_position, applicant_id, unit_position, sex, district_code, electives, name_sealed, birth_on_sealed, home_sealed, routing_sealed)
VALUES (1, 0, 'A1', 0, 'M', '11110', '', REPEAT(CHAR(0xFE), 41), REPEAT(CHAR(1), 45), REPEAT(CHAR(0), 57), NULL), (1, 1, 'A2', 0, 'F', '', '법;세', REPEAT('n', 50), REPEAT('b', 45), REPEAT('h', 57), REPEAT('r', 50)), (1, 2, 'A3', 1, 'F', '', '', REPEAT('n', 50), REPEAT('b', 45), REPEAT('h', 57), NULL);

-- from 7
INSERT INTO travel_rows (population_id, origin, venue_position, metres) VALUES (1, '동-1', 0, 0), (1, '동-1', 1, 1234567890123);

-- from 8
INSERT INTO pins (population_id, pin_position, kind, applicant_position, venue_position, room_position) VALUES (1, 0, 'person', 0, 0, 0), (1, 1, 'venue', NULL, 1, NULL);

-- from 9
INSERT INTO plans (plan_id, population_id, exam_id, digest, status, seated, unseated, objective_total, objective_travel_m, rooms_opened, unit_venue_pairs, venues_opened, detour_total, detour_mean, detour_p50, detour_p95, detour_max, over_detour_cap, bound_total, bound_of, gap_of_total, gap_of_detour, seed, rounds, report_input_sha256, replanned_from, program_version, seconds_load, seconds_solve, seconds_write, peak_rss_mb, stored_at)
VALUES (1, 1, 1, REPEAT('b', 64), 'gave_up', 2, 1, 1234, 1234, 1, 1, 1, 500, 250.5, 0, 500, 500, 1, 1200, 'plan', 0.01, NULL, '0', 5, REPEAT('a', 64), '', '0.1.0', 0.1, 0.2, 0.3, 26.5, '2020-06-06 10:00:00'), (2, 1, 1, REPEAT('c', 64), 'optimal', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, 'ff', 0, REPEAT('a', 64), REPEAT('b', 64), '0.1.0', 0, 0, 0, 0, '2020-06-07 10:00:00');

-- from 10
INSERT INTO placements (plan_id, applicant_position, population_id, applicant_number, room_position, seat_no, desk_row, desk_column, booklet, travel_m, lookup_hash)
VALUES (1, 0, 1, '010000001', 0, 1, 1, 1, 'A', 1000, REPEAT('1', 16)), (1, 1, 1, '010000002', 0, 2, 2, 1, 'B', 234, REPEAT('2', 16));

-- from 11
INSERT INTO unseated (plan_id, applicant_position, population_id, reason, detail_en, detail_ko) VALUES (1, 2, 1, 'no_room', 'no room', '시험실 없음');

-- from 12
INSERT INTO over_detour (plan_id, applicant_position, travel_m, detour_m) VALUES (1, 0, 1000, 500);

-- from 13
INSERT INTO plan_venues (plan_id, venue_position, population_id, rooms, people) VALUES (1, 0, 1, 1, 2);

-- from 14
INSERT INTO live_plans (exam_id, plan_id, version, live_since) VALUES (1, 1, 3, '2020-06-08 10:00:00');

-- from 15
INSERT INTO audit_entries (at, author, action, subject, reason, detail, previous_hash, entry_hash)
VALUES ('2020-06-05 10:00:00', 'tester', 'exam.import', 'old-1', '', 'package', NULL, NULL), ('2020-06-08 10:00:00', 'tester', 'plan.live', 'old-1/plan', '사유', '', NULL, NULL);

-- from 16
INSERT INTO accounts (account_name, role, district_code, password_hash, created_at)
VALUES ('officer', 'exam_officer', NULL, '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA', '2020-01-01'), ('jongno', 'district_coordinator', '11110', '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA', '2020-01-01');

-- from 17
INSERT INTO sessions (token_hash, account_name, csrf_token, created_at, last_seen_at, expires_at) VALUES (REPEAT('d', 64), 'officer', REPEAT('e', 64), '2020-06-08 10:00:00', '2020-06-08 10:30:00', '2020-06-08 18:00:00');

-- from 18
INSERT INTO missed_attempts (key_hash, at) VALUES (REPEAT('m', 16), '2020-06-08 10:00:00');

-- from 19
INSERT INTO accesses (at, account_name, action, subject) VALUES ('2020-06-08 10:00:00', 'jongno', 'roster.read', 'old-1/V1');

-- from 21
INSERT INTO keep_apart_broken (plan_id, broken_position, first_position, second_position, word_sealed, reason_en, reason_ko) VALUES (1, 0, 0, 1, REPEAT('w', 50), 'one room', '시험실 하나');

-- from 24
INSERT INTO audit_lanes (lane, entries, head) VALUES (63, 0, REPEAT('0', 32));

-- from 25
INSERT INTO audit_people (person_hash, lane, place) VALUES (REPEAT('p', 16), 63, 1);

-- from 27
INSERT INTO recovery_codes (account_name, code_hash) VALUES ('officer', REPEAT('r', 16));

-- from 28
INSERT INTO applicant_accounts (account_id, channel, contact_hash, contact_sealed, password_hash, language, created_at) VALUES ('p0123456789abcdef0123', 'email', REPEAT('c', 16), REPEAT('s', 60), '$argon2id$v=19$m=1,t=1,p=1$c2FsdA$aGFzaA', 'ko', '2020-03-01');

-- from 29
INSERT INTO sent_codes (ticket_hash, purpose, channel, contact_sealed, account_id, password_hash, code_hash, language, expires_at) VALUES (REPEAT('f', 64), 'sign_in', 'sms', REPEAT('s', 60), 'p0123456789abcdef0123', '', REPEAT('k', 16), 'en', '2020-03-02');

-- from 31
INSERT INTO known_devices (account_name, device_hash, last_used_at) VALUES ('officer', REPEAT('9', 64), '2020-03-02');

-- from 32
INSERT INTO linked_identities (issuer, subject, account_name) VALUES ('https://id.example.org', '4711', 'officer');

-- from 33
INSERT INTO key_rotations (master_number, started_at, finished_at) VALUES (1, '2020-02-01', '2020-02-02');

-- from 34
INSERT INTO destructions (exam_code, due_at, ordered_by, done_at) VALUES ('older-1', '2020-01-01', 'tester', '2020-01-02');

-- from 40
INSERT INTO recruitments (exam_code, state, version, exam_on, definition, changed_at)
VALUES ('round-1', 'closed', 2, '2020-06-13', '{"calendars": [{"name": "regular", "exam_on": "2020-06-13"}, {"name": "late", "exam_on": "2020-10-17"}, {"name": "later", "exam_on": "2020-10-17"}]}', '2020-03-01');

-- from 41
INSERT INTO recruitment_units (exam_code, unit_code) VALUES ('round-1', '010');

-- from 42
INSERT INTO application_drafts (draft_id, exam_code, account, version, submission_key, edits, edits_version, form_sealed, saved_at) VALUES ('draft-1', 'round-1', 'p0123456789abcdef0123', 1, 'key-of-a-draft-1', NULL, 0, REPEAT('f', 60), '2020-03-02');

-- from 43 to 128
INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, fee_won, submitted_at, paid_at, form_sealed)
VALUES ('app-paid', 'round-1', '010', 'p0123456789abcdef0123', 'paid', 2, '2020-06-13', REPEAT('1', 16), 5000, '2020-03-02', '2020-03-03', REPEAT('f', 60)), ('app-open', 'round-1', '010', 'p0123456789abcdef0124', 'submitted', 1, '2020-06-13', REPEAT('2', 16), 5000, '2020-03-02', NULL, REPEAT('f', 60)), ('app-gone', 'round-1', '010', 'p0123456789abcdef0125', 'lapsed', 1, '2020-06-13', NULL, 0, '2020-03-02', NULL, REPEAT('f', 60));

-- from 129
INSERT INTO applications (application_id, exam_code, unit_code, account, state, version, exam_on, claim_hash, fee_won, submitted_at, paid_at, form_sealed, destroyed_at)
VALUES ('app-paid', 'round-1', '010', 'p0123456789abcdef0123', 'paid', 2, '2020-06-13', REPEAT('1', 16), 5000, '2020-03-02', '2020-03-03', REPEAT('f', 60), NULL), ('app-open', 'round-1', '010', 'p0123456789abcdef0124', 'submitted', 1, '2020-06-13', REPEAT('2', 16), 5000, '2020-03-02', NULL, REPEAT('f', 60), NULL), ('app-gone', 'round-1', '010', '', 'paid', 1, '2020-06-13', NULL, 0, '2020-03-02', '2020-03-03', '', '2020-09-01');

-- from 289
INSERT INTO application_figures (exam_code, kind, word, people, counted_at) VALUES ('round-1', 'sex', 'F', 2, '2020-03-05');

-- from 44
INSERT INTO submissions (exam_code, idempotency_key, application_id, version, account, receipt, received_at) VALUES ('round-1', 'key-of-a-submission', 'app-paid', 1, 'p0123456789abcdef0123', 'receipt\nof three\nlines', '2020-03-02 00:00:00.000001');

-- from 45
INSERT INTO application_events (application_id, version, at, author, kind, detail) VALUES ('app-paid', 2, '2020-03-03', 'program', 'paid', '');

-- from 46
INSERT INTO attachments (attachment_id, exam_code, account, kind, media_type, name_sealed, content_sealed, created_at) VALUES ('photo-1', 'round-1', 'p0123456789abcdef0123', 'photo', 'image/jpeg', REPEAT('n', 60), REPEAT('c', 70000), '2020-03-02');

-- from 47 to 129
INSERT INTO payments (payment_id, application_id, exam_code, amount_won, state, begun_at, settled_at, why)
VALUES ('pay-paid', 'app-paid', 'round-1', 5000, 'paid', '2020-03-02 12:00:00', '2020-03-03', ''), ('pay-begun', 'app-open', 'round-1', 5000, 'begun', '2020-03-02 12:00:00', NULL, ''), ('pay-back', 'app-gone', 'round-1', 5000, 'refunding', '2020-03-02 12:00:00', NULL, 'late');

-- from 130
INSERT INTO payments (payment_id, application_id, exam_code, amount_won, state, begun_at, settled_at, why, to_ask)
VALUES ('pay-paid', 'app-paid', 'round-1', 5000, 'paid', '2020-03-02 12:00:00', '2020-03-03', '', 0), ('pay-begun', 'app-open', 'round-1', 5000, 'begun', '2020-03-02 12:00:00', NULL, '', 1), ('pay-back', 'app-gone', 'round-1', 5000, 'refunding', '2020-03-02 12:00:00', NULL, 'late', 1);

-- from 48
INSERT INTO test_orders (order_id, state, amount_won, paid_at, why, created_at) VALUES ('order-1', 'paid', 5000, '2020-03-03', '', '2020-03-02');

-- from 49
INSERT INTO messages (dedupe_id, channel, language, to_sealed, content_sealed, state, attempts, due_at, claimed_until, created_at, settled_at, why)
VALUES ('submitted/app-open', 'email', 'ko', REPEAT('t', 60), REPEAT('c', 60), 'waiting', 1, '2020-03-02', '1970-01-02', '2020-03-02', NULL, ''), ('code/unknown', 'sms', 'en', NULL, NULL, 'sent', 1, '2020-03-02', '1970-01-02', '2020-03-02', '2020-03-02', '');

-- from 50
INSERT INTO self_reports (application_id, exam_code, health_sealed, reported_at, decision, officer, old_place, new_place) VALUES ('app-paid', 'round-1', REPEAT('h', 60), '2020-06-10', 'asked', '', '', '');

-- from 70
INSERT INTO seat_views (application_id, venue_code, venue_name, room_no, seat_no, seen_at) VALUES ('app-paid', 'V1', '한빛고등학교', 1, 1, '2020-06-09');

-- from 81
INSERT INTO attempt_keys (key_hash, last_at) VALUES (REPEAT('m', 16), '2020-06-08');

-- from 125
INSERT INTO key_programs (program_id, process, place, keeps_old, problem, alive_until) VALUES ('gone', 'host/1', '/somewhere', 0, '', '2020-06-08');

-- from 137
INSERT INTO order_counts (account, hour_began, orders) VALUES ('p0123456789abcdef0123', '2020-03-02 12:00:00', 2);

-- from 138 to 138
INSERT INTO notice_days (day_code, exam_code) VALUES ('round-1-late', 'round-1');

-- from 150
INSERT INTO jobs (job_id, kind, exam_code, request, state, author, stage_en, stage_ko, done, total, note, claim, lease_until, starts, cancel_asked, version, result, fault_code, fault_en, fault_ko, asked_at, ended_at)
VALUES ('job-1', 'plan', 'old-1', '{}', 'done', 'officer', 'Done', '완료', 1, 1, '', '', '2020-06-08', 1, 0, 3, '{}', '', '', '', '2020-06-08', '2020-06-08');

-- from 151
INSERT INTO job_stages (job_id, place, starts, stage_en, stage_ko, begun_at) VALUES ('job-1', 1, 1, 'Solving', '배정', '2020-06-08');

-- from 181
INSERT INTO plan_steps (plan_id, step_no, kind, input_sha256, digest, program_version, seed, rounds, author, made_at) VALUES (1, 1, 'plan', REPEAT('a', 64), REPEAT('b', 64), '0.1.0', '0', 5, '', '');

-- from 182
INSERT INTO plan_approvals (plan_id, step, proposed_by, confirmed_by, changed_at, version) VALUES (2, 'proposed', 'officer', '', '2020-06-08', 1);

-- from 183
INSERT INTO publication_rules (exam_id, second_officer, version) VALUES (1, 1, 1);

-- from 184
INSERT INTO live_changes (exam_id, version, plan_id, before_plan_id, author, changed_at, emergency) VALUES (1, 2, 2, NULL, 'officer', '2020-06-07', 0);

-- from 207
INSERT INTO plan_differences (plan_id, told_plan_id, figures) VALUES (1, 2, '{}');

-- from 208
INSERT INTO paper_files (file_id, job_id, run, file_no, exam_code, plan_digest, content, name, bytes, people, people_sealed, made_at) VALUES ('file-1', 'job-1', 1, 1, 'old-1', REPEAT('b', 64), 'papers', '명부.zip', 10, 2, REPEAT('p', 60), '2020-06-08');

-- from 209
INSERT INTO paper_parts (part_id, file_id, part_no, content_sealed) VALUES ('file-1/1', 'file-1', 1, REPEAT('c', 60));

-- from 210
INSERT INTO job_files (part_id, job_id, what, exam_code, content_sealed) VALUES ('job-1/1', 'job-1', 'faults', 'old-1', REPEAT('c', 60));

-- from 240
INSERT INTO result_packages (package_id, exam_code, version, package_sha256, input_sha256, rules_sha256, rules, encoding, people, units, warnings, job_id, author, imported_at)
VALUES ('package-1', 'old-1', 1, REPEAT('a', 64), REPEAT('b', 64), REPEAT('c', 64), '{}', 'utf8', 2, 1, 0, 'job-1', 'officer', '2020-06-09');

-- from 241
INSERT INTO result_rules (exam_code, step, rules_sha256, rules, proposed_by, frozen_by, changed_at, version) VALUES ('old-1', 'frozen', REPEAT('c', 64), '{}', 'officer', 'second', '2020-06-09', 2);

-- from 242
INSERT INTO result_decisions (decision_id, exam_code, version, package_id, rules_sha256, decision_sha256, before_version, job_id, author, decided_at)
VALUES ('decision-1', 'old-1', 1, 'package-1', REPEAT('c', 64), REPEAT('d', 64), 0, 'job-1', 'officer', '2020-06-10');

-- from 243
INSERT INTO result_parts (part_id, owner_id, exam_code, name, part_no, content_sealed) VALUES ('package-1/people.csv/1', 'package-1', 'old-1', 'people.csv', 1, REPEAT('r', 60));

-- from 448
INSERT INTO special_cases (case_id, exam_code, case_no, number_hash, step, content_sealed, taking_back_sealed, entered_by, entered_at, confirmed_by, taken_back_by, lifted_by, changed_at, used_in, version)
VALUES ('case-1', 'old-1', 1, REPEAT('h', 16), 'lifting', REPEAT('c', 60), REPEAT('t', 60), 'officer', '2020-06-09', 'second', 'officer', '', '2020-06-10', 1, 4);

-- from 261
INSERT INTO live_turns (exam_code) VALUES ('old-1');

-- from 275
INSERT INTO security_keys (credential_id, account_name, public_key, site, uses, added_at) VALUES (REPEAT('k', 32), 'officer', REPEAT('d', 91), 'office.example.kr', 3, '2021-05-01');

-- from 280
INSERT INTO job_files (part_id, job_id, what, exam_code, content_sealed) VALUES ('job-1/2', 'job-1', 'marked', 'old-1', REPEAT('c', 60));

-- from 295
INSERT INTO plan_summaries (plan_id, summary) VALUES (1, '{}');

-- from 296
INSERT INTO plan_edit_sessions (session_id, exam_code, plan_digest, input_sha256, author, opened_at, version, last_step) VALUES ('session-1', 'old-1', REPEAT('b', 64), REPEAT('a', 64), 'officer', '2020-06-08', 2, 'step-1');

-- from 297
INSERT INTO plan_edits (edit_id, session_id, edit_no, exam_code, author, made_at, state, content_sealed, reason_sealed) VALUES ('edit-1', 'session-1', 1, 'old-1', 'officer', '2020-06-08', 'done', REPEAT('c', 60), REPEAT('d', 60));

-- from 298
INSERT INTO job_points (job_id, point_no, starts, stage_en, done, figure, said_at) VALUES ('job-1', 1, 1, 'improving', 3, 1000, '2020-06-08');

-- from 305
INSERT INTO setup_versions (row_id, exam_code, part, version, state, copied_from, author, reason_sealed, saved_at, definition) VALUES ('round-1/notice/1', 'round-1', 'notice', 1, 'prepared', '', 'officer', REPEAT('r', 60), '2020-02-01', '{}');

-- from 307
INSERT INTO notice_rules (exam_code, second_officer, dates_to_confirm, version) VALUES ('round-1', 1, 0, 2);

-- from 308
INSERT INTO notice_approvals (exam_code, notice_version, proposed_by, confirmed_by, changed_at, version) VALUES ('round-1', 2, 'officer', 'second', '2020-03-01', 2);

-- from 309
INSERT INTO checker_declarations (exam_code, checker, has_relative, declared_at) VALUES ('round-1', 'second', 1, '2020-03-01');

-- from 315
INSERT INTO venue_requests (exam_code, min_gap_cm, people_cap, due_at, note, version, author, changed_at) VALUES ('old-1', 150, NULL, '2020-05-01', '', 1, 'officer', '2020-04-01');

-- from 316
INSERT INTO venue_request_districts (exam_code, district_code, seats, email_sealed) VALUES ('old-1', '11110', 300, REPEAT('e', 60));

-- from 317
INSERT INTO venue_offers (offer_id, exam_code, district_code, venue_code, name, address, lat, lon, kind, phone, access_note, opens_at, closes_at, note, contact_sealed, state, told, version, author, changed_at)
VALUES ('offer-1', 'old-1', '11110', 'V1', '학교', '주소', 37.5, 127, 'regular', '', '', 480, NULL, '', REPEAT('k', 60), 'proposed', '', 1, 'jongno', '2020-04-02');

-- from 318
INSERT INTO venue_offer_rooms (offer_id, room_no, building, floor, row_count, column_count, row_pitch_cm, column_pitch_cm, blocked, people_cap, is_accessible, room_use) VALUES ('offer-1', 1, '', '1', 5, 5, 150, 150, '1-1', NULL, TRUE, 'exam');

-- from 319
INSERT INTO venue_offer_steps (offer_id, version, state, told, seats, author, changed_at) VALUES ('offer-1', 1, 'proposed', '', 24, 'jongno', '2020-04-02');

-- from 320
INSERT INTO venue_confirmations (ticket_hash, offer_id, offer_version, code_hash, misses, used, expires_at) VALUES (REPEAT('a', 64), 'offer-1', 1, REPEAT('h', 16), 0, FALSE, '2020-04-09');

-- from 321
INSERT INTO venue_letters (letter_id, exam_code, district_code, venue_code, letter_no, from_city, author, words_sealed, written_at) VALUES ('letter-1', 'old-1', '11110', '', 1, TRUE, 'officer', REPEAT('w', 60), '2020-04-03');

-- from 322
INSERT INTO venue_letters_read (exam_code, district_code, venue_code, account_name, letter_no) VALUES ('old-1', '11110', '', 'jongno', 1);

-- from 323
INSERT INTO venue_instructions (exam_code, instruction_no, title, words, author, published_at) VALUES ('old-1', 1, '안내', '내용', 'officer', '2020-04-04');

-- from 324
INSERT INTO venue_instruction_receipts (exam_code, instruction_no, account_name, district_code, read_at) VALUES ('old-1', 1, 'jongno', '11110', '2020-04-05');

-- from 325
INSERT INTO venue_files (file_id, offer_id, exam_code, media_type, bytes, name_sealed, content_sealed, author, sent_at) VALUES ('file-1', 'offer-1', 'old-1', 'application/pdf', 8, REPEAT('n', 60), REPEAT('c', 60), 'jongno', '2020-04-06');

-- from 330
INSERT INTO publications (publication_id, exam_code, number, version, released_version, ordered, decision_sha256, replaces, root, people, record_bytes, public_secret, commitment, step, digest, edited_by, proposed_by, approved_by, armed_first, armed_second, held_by, release_at, changed_at, changes, release_key, released_at)
VALUES ('publication-1', 'old-1', 1, 1, 1, '{}', REPEAT('d', 64), '', REPEAT('e', 64), 2, 2076, REPEAT('1', 64), REPEAT('2', 64), 'released', REPEAT('3', 64), 'officer', 'officer', 'second', 'officer', 'second', 'hold-1', '2020-06-11', '2020-06-11', 5, REPEAT('4', 64), '2020-06-11');

-- from 331
INSERT INTO publication_records (record_id, publication_id, exam_code, secret_sealed, record) VALUES ('record-1', 'publication-1', 'old-1', REPEAT('s', 77), REPEAT('r', 2076));

-- from 332
INSERT INTO publication_parts (part_id, publication_id, exam_code, name, part_no, content_sealed) VALUES ('publication-1/public/1', 'publication-1', 'old-1', 'public', 1, REPEAT('r', 60));

-- from 333
INSERT INTO publication_shares (publication_id, officer, share) VALUES ('publication-1', 'officer', REPEAT('s', 81));

-- from 334
INSERT INTO officer_release_keys (officer, public_half, private_half, made_at) VALUES ('officer', REPEAT('p', 32), REPEAT('q', 88), '2020-06-09');

-- from 345
INSERT INTO invigilator_boards (exam_code, definition, rooms_open_at, changed_at, version) VALUES ('old-1', '{}', '2020-06-13 22:00:00', '2020-06-01', 1);

-- from 346
INSERT INTO invigilators (row_id, exam_code, invigilator_id, state, invited_until, code_hash, person_sealed, version) VALUES ('row-1', 'old-1', 'S1', 'invited', '2020-06-08', REPEAT('h', 16), REPEAT('p', 60), 1);

-- from 346
INSERT INTO invigilators (row_id, exam_code, invigilator_id, state, invited_until, code_hash, person_sealed, version) VALUES ('row-2', 'old-1', 'S2', 'consented', NULL, NULL, REPEAT('p', 60), 2);

-- from 347
INSERT INTO staffings (staffing_id, exam_code, version, before_version, made_by, plan_digest, duties_sha256, places, unfilled, job_id, author, made_at)
VALUES ('staffing-1', 'old-1', 1, 0, 'run', REPEAT('d', 64), REPEAT('e', 64), 4, 1, 'job-1', 'officer', '2020-06-11');

-- from 348
INSERT INTO invigilator_parts (part_id, owner_id, exam_code, name, part_no, content_sealed) VALUES ('part-1', 'staffing-1', 'old-1', 'duties.csv', 1, REPEAT('d', 60));

-- from 349
INSERT INTO duty_swaps (swap_id, exam_code, first_id, second_id, state, asked_at, agreed_at, version) VALUES ('swap-1', 'old-1', 'S1', 'S2', 'agreed', '2020-06-11', '2020-06-12', 2);

-- from 376
INSERT INTO venue_letter_files (file_id, letter_id, exam_code, media_type, bytes, name_sealed, content_sealed) VALUES ('letter-file-1', 'letter-1', 'old-1', 'application/pdf', 8, REPEAT('n', 60), REPEAT('c', 60));

-- from 377
INSERT INTO venue_chiefs (exam_code, account_name, venue_code, district_code, given_by, given_at) VALUES ('old-1', 'officer', 'V1', '11110', 'officer', '2020-04-07');

-- from 378
INSERT INTO library_schools (district_code, school_code, name, address, lat, lon, kind, phone, access_note, note, contact_sealed, rooms, from_exam, version, author, changed_at) VALUES ('11110', 'V1', '학교', '주소', 37.5, 127, 'regular', '', '', '', NULL, '', 'old-1', 1, 'jongno', '2020-04-08');

-- from 385
INSERT INTO material_books (exam_code, run, spare_sheets, seals, reserve_booklets, envelopes_per_box, version, author, changed_at) VALUES ('old-1', '', 2, 2, 0, 10, 0, 'officer', '2020-04-07');

-- from 386
INSERT INTO material_entries (exam_code, run, entry_no, kind, act, item, from_station, to_station, from_district, to_district, from_venue, to_venue, item_count, receipt_of, correction_of, parcel, reason, signer, signed_at) VALUES ('old-1', '', 1, 'given', 'act-1', 'booklet/A/', 'city', 'district/11110', '', '11110', '', '', 10, NULL, NULL, '', '', 'account officer', '2020-04-07');

-- from 387
INSERT INTO material_signers (exam_code, run, signer_id, station, name_sealed, code_hash, issued_by, issued_at) VALUES ('old-1', '', 'signer-1', 'venue/11110/V1', REPEAT('n', 60), REPEAT('h', 16), 'officer', '2020-04-07');

-- from 388
INSERT INTO briefing_checks (exam_code, run, check_no, venue_code, item, done, author, checked_at) VALUES ('old-1', '', 1, 'V1', 'signs_posted', TRUE, 'jongno', '2020-04-08');

-- from 389
INSERT INTO briefing_notes (exam_code, district_code, words_sealed, version, author, changed_at) VALUES ('old-1', '', REPEAT('w', 60), 1, 'officer', '2020-04-07');

-- from 360
INSERT INTO portal_texts (page, version, words_ko, words_en, author, written_at) VALUES ('privacy', 1, '개인정보 처리방침', 'Privacy policy', 'officer', '2021-05-01');

-- from 414
INSERT INTO second_factor_resets (account_name, asked_by, asked_at) VALUES ('officer', 'administrator', '2021-05-01');

-- from 446
INSERT INTO paper_templates (version, file_name, files, author, saved_at) VALUES (1, 'day.json', '{}', 'officer', '2020-04-08');

-- from 420
INSERT INTO withdrawal_proposals (exam_code, plan_digest, input_sha256, live_version, proposed_by, proposed_at_shell, proposed_at, reason_sealed) VALUES ('old-1', REPEAT('b', 64), REPEAT('a', 64), 3, 'officer', '', '2020-06-09', REPEAT('r', 60));

-- from 430
INSERT INTO notice_proposals (exam_code, base_version, digest, definition, proposed_by, proposed_at_shell, proposed_at, reason_sealed, refused_by, refused_at, refusal_sealed) VALUES ('round-1', 2, REPEAT('d', 64), '{}', 'officer', '', '2020-06-09', REPEAT('r', 60), 'second', '2020-06-10', REPEAT('f', 60));

-- from 432
INSERT INTO job_files (part_id, job_id, what, exam_code, content_sealed) VALUES ('job-1/3', 'job-1', 'reason', 'old-1', REPEAT('c', 60));

-- from 421
INSERT INTO withdrawn_plans (exam_id, plan_id, version, withdrawn_at) VALUES (1, 2, 2, '2020-06-07');

-- from 486
INSERT INTO fairness_reports (exam_code, version, plan_digest, input_sha256, report, author, published_at) VALUES ('old-1', 1, REPEAT('b', 64), REPEAT('a', 64), '{}', 'officer', '2020-06-07');

-- from 522
INSERT INTO objections (objection_id, exam_code, objection_no, stage, release_version, number_hash, content_sealed, answer_sealed, outcome, sent_at, answered_by, answered_at) VALUES ('objection-1', 'old-1', 1, 'written', 1, REPEAT('n', 16), REPEAT('c', 60), NULL, '', '2020-06-09', '', NULL);
