"""The prepared statement of the gate: everything one scan must know, in one row (see checking.py)."""

COLUMNS = (
    "pass_key", "person_id", "person_key", "kind", "full_name", "agency_id", "visit_id", "purpose", "unit_name",
    "serving", "declared", "restricted", "high", "alert", "inside", "excepted", "host_confirmed",
    "rule_is_true", "needs", "reasons", "modes", "mode_reasons",
)  # fmt: skip

STATEMENT = """
WITH place AS MATERIALIZED (
    SELECT g.site_id, agency.id AS agency_id, agency.path AS agency_path
    FROM organisation_gate g
    JOIN organisation_siteholding h ON h.site_id = g.site_id AND h.valid_from <= %(day)s::date
        AND (h.valid_to IS NULL OR h.valid_to >= %(day)s::date)
    JOIN organisation_unit holder ON holder.id = h.unit_id
    JOIN organisation_unit agency ON agency.path = holder.agency_path
    WHERE g.id = %(gate)s::bigint AND (g.closed_on IS NULL OR g.closed_on > %(day)s::date)
), shown AS MATERIALIZED (
    SELECT p.id, p.key, p.person_id, p.visit_id, p.agency_id FROM gate_gatepass p
    WHERE p.token_index = ANY(%(tokens)s::bytea[]) AND p.revoked_at IS NULL
    UNION ALL
    SELECT p.id, p.key, p.person_id, p.visit_id, p.agency_id
    FROM place JOIN gate_passcode c ON c.agency_id = place.agency_id AND c.code_index = ANY(%(codes)s::bytea[])
        AND c.starts_at <= %(at)s::timestamptz AND c.ends_at > %(at)s::timestamptz
    JOIN gate_gatepass p ON p.id = c.gate_pass_id AND p.revoked_at IS NULL
    UNION ALL
    SELECT p.id, p.key, p.person_id, p.visit_id, p.agency_id FROM gate_gatepass p
    WHERE p.key = %(key)s::uuid AND p.revoked_at IS NULL
)
SELECT p.key, person.id, person.key, person.kind, person.full_name, place.agency_id, visit.id, visit.purpose,
    home.name,
    CASE WHEN person.kind = 'staff' THEN home.name IS NOT NULL ELSE visit.ends_at > %(at)s::timestamptz END,
    EXISTS (SELECT FROM health_declaration d WHERE d.day = %(day)s::date AND d.person_id = person.id),
    EXISTS (SELECT FROM health_restriction r WHERE r.person_id = person.id AND r.starts_at <= %(at)s::timestamptz
        AND (r.ends_at IS NULL OR r.ends_at > %(at)s::timestamptz)),
    EXISTS (SELECT FROM health_healthalert a WHERE a.person_id = person.id AND a.temperature_id IS NOT NULL
        AND a.opened_at <= %(at)s::timestamptz
        AND NOT EXISTS (SELECT FROM health_alertstep s WHERE s.alert_id = a.id AND s.kind = 'closed')),
    EXISTS (SELECT FROM health_healthalert a WHERE a.person_id = person.id AND a.opened_at <= %(at)s::timestamptz
        AND NOT EXISTS (SELECT FROM health_alertstep s WHERE s.alert_id = a.id AND s.kind = 'closed')),
    COALESCE((SELECT e.direction = 'in' FROM gate_entry e WHERE e.person_id = person.id AND e.site_id = place.site_id
        AND e.admitted ORDER BY e.id DESC LIMIT 1), FALSE),
    ARRAY(SELECT q.verdict::text FROM gate_exceptionrequest q JOIN gate_exceptiondecision x ON x.request_id = q.id AND x.allowed
        WHERE q.person_id = person.id AND q.agency_id = place.agency_id AND q.holds_until > %(at)s::timestamptz
        AND x.decided_at <= %(at)s::timestamptz),
    EXISTS (SELECT FROM gate_hostword w WHERE w.visit_id = visit.id),
    COALESCE(ROW(rule.measures, rule.withdrawals, rule.relations) = (
        SELECT count(m.id)::int, count(w.id)::int, COALESCE(sum((
            SELECT count(*) FROM directives_measurerelation x WHERE x.measure_id = m.id)), 0)::int
        FROM directives_measure m LEFT JOIN directives_withdrawal w ON w.measure_id = m.id
        WHERE m.agency_id = ANY(rule.line) AND m.kind = ANY(%(kinds)s::text[])), FALSE),
    rule.needs, rule.reasons, rule.modes, rule.mode_reasons
FROM shown p
JOIN place ON place.agency_id = p.agency_id
JOIN organisation_person person ON person.id = p.person_id
LEFT JOIN gate_visit visit ON visit.id = p.visit_id
LEFT JOIN LATERAL (
    SELECT u.name FROM organisation_staffmembership m JOIN organisation_unit u ON u.id = m.unit_id
    WHERE m.person_id = person.id AND u.agency_path = place.agency_path AND m.starts_at <= %(at)s::timestamptz
        AND (m.ends_at IS NULL OR m.ends_at > %(at)s::timestamptz)
    ORDER BY m.main DESC, m.id LIMIT 1
) home ON TRUE
LEFT JOIN gate_gaterule rule ON rule.agency_id = place.agency_id AND rule.day = %(day)s::date
    AND rule.audience = CASE WHEN person.kind = 'staff' THEN 'staff' ELSE 'visitors' END
"""
