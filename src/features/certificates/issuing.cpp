// A whole cohort's certificates in one act: who may have one, and what is frozen.
#include "features/certificates/issuing.h"

#include <map>

#include "base/text.h"
#include "features/certificates/codes.h"
#include "features/certificates/drawing.h"
#include "features/certificates/payload.h"
#include "platform/audit/audit.h"
#include "platform/signing/keyring.h"

namespace tiendo::certificates {
namespace {

std::vector<Condition>& conditions() {
    static std::vector<Condition> all;
    return all;
}

// What is known of the whole cohort; `why` when for that alone nobody is given one.
struct Basis {
    std::optional<Decision> decision;
    std::optional<programmes::Version> version;
    std::optional<Series> series;
    std::optional<Authority> authority;
    std::optional<Refusal> why;
};

// Of a joint cohort the partner's, unless it is said that the centre's own are given; of any other the
// centre's, unless somebody else is named.
std::optional<std::string> partner_that_certifies(db::Read& tx, const cohorts::Cohort& cohort) {
    if (!cohort.certified_by.empty()) {
        const auto organiser = organisations::find_unit(tx, cohort.organiser_unit);
        const bool own = organiser && fold(organiser->name) == fold(cohort.certified_by);
        return own ? std::nullopt : std::optional(cohort.certified_by);
    }
    return cohort.role == cohorts::Role::joint_delivery ? std::optional(cohort.partner) : std::nullopt;
}

std::optional<Refusal> reason_against(const cohorts::Cohort& cohort, const Basis& basis, const Order& order) {
    if (cohort.facts.cancelled_on)
        return Refusal{"", "certificate.cohort_cancelled", {to_text(*cohort.facts.cancelled_on)}};
    if (!basis.decision || !cohort.facts.opened_on)
        return Refusal{"", "certificate.not_recognised", {cohort.code}};
    if (order.issued_on < basis.decision->dated_on)
        return Refusal{"",
                       "certificate.before_recognition",
                       {to_text(order.issued_on), to_text(basis.decision->dated_on)}};
    if (!basis.version || basis.version->certificate_series.empty())
        return Refusal{"", "certificate.no_series", {cohort.programme.name}};
    if (!basis.series) return Refusal{"", "certificate.series_unknown", {basis.version->certificate_series}};
    if (!basis.authority)
        return Refusal{"", "certificate.no_authority", {basis.series->code, to_text(order.issued_on)}};
    return std::nullopt;
}

Basis basis_of(db::Read& tx, const cohorts::Cohort& cohort, const Order& order) {
    Basis basis;
    basis.decision = decision_on_results(tx, cohort.id);
    const Date day = cohort.facts.opened_on.value_or(order.issued_on);
    basis.version = programmes::version_on(tx, cohort.programme.id, day);
    if (basis.version) basis.series = find_series(tx, basis.version->certificate_series);
    if (basis.series) basis.authority = authority_on(tx, *basis.series, order.issued_on);
    const auto partner = partner_that_certifies(tx, cohort);
    basis.why = partner ? Refusal{"", "certificate.partner_issues", {*partner}}
                        : reason_against(cohort, basis, order);
    return basis;
}

std::optional<Refusal> reason_against(const Candidate& one) {
    if (one.withdrawn) return Refusal{"", "certificate.withdrawn", {}};
    if (one.result.empty()) return Refusal{"", "certificate.no_result", {}};
    if (one.result != "completed") return Refusal{"", "certificate.not_completed", {}};
    if (!one.revoked_for_good.empty())
        return Refusal{"", "certificate.revoked_before", {one.revoked_for_good}};
    return std::nullopt;
}

std::map<ParticipationId, Refusal> hindrances_in(db::Read& tx, const cohorts::Cohort& cohort) {
    std::map<ParticipationId, Refusal> found;
    for (const Condition& condition : conditions())
        for (Hindrance& one : condition(tx, cohort)) found.try_emplace(one.participation, std::move(one.why));
    return found;
}

// What the paper will say that is the same for all who are ready, and what is each one's own.
Certificate drafted(db::Read& tx, const cohorts::Cohort& cohort, const Basis& basis, const Order& order) {
    Certificate draft;
    draft.cohort = cohort.id;
    draft.kind = basis.series->kind;
    draft.head = basis.series->head;
    draft.motto = basis.series->motto;
    Printed& facts = draft.printed;
    facts.title = basis.series->title;
    facts.programme_name = cohort.programme.name;
    facts.cohort_code = cohort.code;
    facts.periods = basis.version->periods();
    facts.opened_on = *cohort.facts.opened_on;
    facts.closed_on = cohort.facts.closed_on ? cohort.facts.closed_on : cohort.planned_closes_on;
    facts.decision_number = basis.decision->number;
    facts.decision_on = basis.decision->dated_on;
    if (basis.version->certificate_valid_months)
        facts.valid_until = after_months(order.issued_on, *basis.version->certificate_valid_months);
    facts.organiser_name = organisations::name_on(tx, cohort.organiser_unit, order.issued_on);
    return draft;
}

std::vector<Certificate> written_for(const Certificate& draft, std::vector<Candidate> ready) {
    std::vector<Certificate> certificates;
    for (Candidate& one : ready) {
        Certificate& certificate = certificates.emplace_back(draft);
        certificate.participation = one.participation;
        certificate.printed.full_name = std::move(one.full_name);
        certificate.printed.birth = std::move(one.birth);
        certificate.printed.unit_name = std::move(one.unit_name);
        certificate.printed.band = std::move(one.band);
        certificate.party_cell = std::move(one.party_cell);
        certificate.party_committee = std::move(one.party_committee);
    }
    return certificates;
}

// The cohort sorted out.
struct Sorted {
    Basis basis;
    std::string drawing;             // digest of that in force
    std::vector<Certificate> ready;  // not yet in the book
    std::vector<std::string> standing;
    std::vector<Refused> refused;
};

// Nobody gets a number whose paper could not be drawn.
void set_undrawable_apart(const files::Store& store, const Setting& setting, Sorted& sorted) {
    const auto drawing = drawing_of(store, sorted.drawing);
    std::optional<Foretelling> foretell;
    if (drawing) foretell.emplace(*drawing, setting);
    std::erase_if(sorted.ready, [&](const Certificate& one) {
        const Refusals why = foretell ? (*foretell)(one) : drawing.refusals();
        if (!why.empty()) sorted.refused.push_back({one.printed.full_name, why.front()});
        return !why.empty();
    });
}

Sorted sort_out(db::Read& tx, const files::Store& store, const cohorts::Cohort& cohort, const Order& order) {
    Sorted sorted;
    sorted.basis = basis_of(tx, cohort, order);
    const auto hindrances = hindrances_in(tx, cohort);
    std::vector<Candidate> ready;
    for (Candidate& one : candidates_of(tx, cohort.id, order.issued_on)) {
        if (!one.standing.empty()) {
            sorted.standing.push_back(std::move(one.standing));
            continue;
        }
        auto why = reason_against(one);
        if (!why && sorted.basis.why) why = sorted.basis.why;
        if (const auto hindrance = hindrances.find(one.participation); !why && hindrance != hindrances.end())
            why = hindrance->second;
        if (why)
            sorted.refused.push_back({std::move(one.full_name), std::move(*why)});
        else
            ready.push_back(std::move(one));
    }
    if (ready.empty()) return sorted;
    sorted.ready = written_for(drafted(tx, cohort, sorted.basis, order), std::move(ready));
    sorted.drawing = keep_drawing(tx, store, *sorted.basis.series, order.issued_on);
    set_undrawable_apart(store, {*sorted.basis.series, *sorted.basis.authority, order}, sorted);
    return sorted;
}

}  // namespace

void require_before_issue(Condition condition) { conditions().push_back(std::move(condition)); }

std::string reason_text(const i18n::Texts& texts, i18n::Language language, const Refusal& why) {
    const std::string label = "field." + why.field;
    const std::string message = texts.text(language, why);
    return texts.has(language, label) ? texts.text(language, label) + ": " + message : message;
}

Issued foresee(db::Read& tx, const files::Store& store, const cohorts::Cohort& cohort, const Order& order) {
    Sorted sorted = sort_out(tx, store, cohort, order);
    Issued issued;
    for (Certificate& one : sorted.ready) issued.codes.push_back(std::move(one.printed.full_name));
    issued.standing = std::move(sorted.standing);
    issued.refused = std::move(sorted.refused);
    return issued;
}

Outcome<Issued> issue(db::Write& tx, const web::Actor& actor, const files::Store& store,
                      cohorts::CohortId cohort_id, const Order& order, const cohorts::Act& act) {
    const cohorts::Cohort seen = cohorts::require(tx, actor, cohort_id);
    if (!organisations::may(tx, actor, issue_certificates, seen.organiser_unit)) throw web::Forbidden{};
    // Whoever issues the same cohort waits here, and then finds that these stand.
    tx.lock("cohort", cohort_id.value);
    const cohorts::Cohort cohort = cohorts::require_for_books(tx, cohort_id);
    if (order.issued_on > order.today)
        return Refusal{"issued_on", "certificate.ahead", {to_text(order.issued_on), to_text(order.today)}};
    Sorted sorted = sort_out(tx, store, cohort, order);
    Issued issued;
    issued.standing = std::move(sorted.standing);
    issued.refused = std::move(sorted.refused);
    if (sorted.ready.empty()) return issued;
    // No number is given that could not be signed for.
    if (const auto key = signing::signing_key(tx, act.at); !key) return key.refusals();
    const Setting setting{*sorted.basis.series, *sorted.basis.authority, order};
    if (auto why = blanks_short(tx, setting.series, std::ssize(sorted.ready))) return *why;

    std::vector<Certificate> certificates = std::move(sorted.ready);
    enter_in_book(tx, setting, certificates);
    issued.issue = begin_issue(tx, actor, sorted.drawing, order.issued_on, certificates, act);
    ledger::settle(tx, act.at, issued.issue->value, cohort.id);
    for (const Certificate& one : certificates) issued.codes.push_back(one.printed.code);
    audit::record(tx, actor, act.at,
                  {"certificates.issue", "cohort", cohort.id.value,
                   Value::object({{"issue", *issued.issue},
                                  {"issued_on", order.issued_on},
                                  {"certificates", certificates.size()},
                                  {"first", certificates.front().printed.register_text},
                                  {"last", certificates.back().printed.register_text}})});
    return issued;
}

std::optional<Refusal> blanks_short(db::Read& tx, const Series& series, std::int64_t count) {
    if (!series.uses_blanks) return std::nullopt;
    const std::int64_t remaining = blanks_remaining(tx, series.code);
    if (count <= remaining) return std::nullopt;
    return Refusal{
        "", "certificate.blanks_short", {series.code, std::to_string(remaining), std::to_string(count)}};
}

void put_signature(const Setting& setting, Certificate& certificate) {
    certificate.address = printable_address(setting.order.address);
    Printed& facts = certificate.printed;
    facts.series = setting.series.code;
    facts.book_year = setting.order.issued_on.year();
    facts.issued_on = setting.order.issued_on;
    facts.place = setting.authority.place;
    facts.issuer_name = setting.authority.issuer_name;
    facts.signed_for = setting.authority.signed_for;
    facts.signatory_title = setting.authority.signatory_title;
    facts.signatory_name = setting.authority.signatory_name;
}

void enter_in_book(db::Write& tx, const Setting& setting, std::span<Certificate> certificates) {
    const int year = setting.order.issued_on.year();
    std::int64_t number = take_numbers(tx, setting.series, year, std::ssize(certificates));
    std::vector<Blank> blanks;
    if (setting.series.uses_blanks) {
        auto taken = take_blanks(tx, setting.series, std::ssize(certificates));
        if (!taken) throw db::Conflict("the blanks were used meanwhile");
        blanks = std::move(*taken);
    }
    for (std::size_t i = 0; i < certificates.size(); ++i) {
        Certificate& one = certificates[i];
        one.id = new_id<CertificateId>();
        put_signature(setting, one);
        Printed& facts = one.printed;
        facts.code = make_code();
        facts.register_number = number++;
        facts.register_text = register_text(setting.series, facts.register_number, year);
        if (!blanks.empty()) {
            one.blanks = blanks[i].blanks;
            one.blank_number = blanks[i].number;
            facts.serial = blanks[i].serial;
        }
    }
}

IssueId begin_issue(db::Write& tx, const web::Actor& actor, const std::string& drawing, Date issued_on,
                    std::span<Certificate> certificates, const cohorts::Act& act) {
    const IssueId issue = insert_issue(tx, actor, certificates.front().cohort, issued_on, drawing,
                                       std::ssize(certificates), act.at);
    std::int64_t page = 0;
    for (Certificate& one : certificates) {
        one.issue = issue;
        one.page = ++page;
    }
    insert_certificates(tx, certificates, act.at);
    insert_events(tx, actor, certificates,
                  {.kind = "issued", .effective_on = issued_on, .said = Value::object({{"issue", issue}})},
                  act);
    jobs::add(tx, drawing_job, issue.value, act.at);
    return issue;
}

void begin_drawing_again(db::Write& tx, const web::Actor& actor, IssueId issue, Instant at) {
    tx.run(R"sql(update certificates set file_digest = '' where issue = :issue)sql", {{"issue", issue}});
    tx.run(R"sql(
        update certificate_issues set state = 'drawing', incident = '', file_digest = '', file_bytes = 0
        where id = :issue)sql",
           {{"issue", issue}});
    jobs::drop(tx, issue.value);
    jobs::add(tx, drawing_job, issue.value, at);
    audit::record(tx, actor, at, {"certificates.draw", "certificate_issue", issue.value, Value::object()});
}

}  // namespace tiendo::certificates
