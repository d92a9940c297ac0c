#include "features/programmes/versions_store.h"

#include <unordered_map>

namespace tiendo::programmes {
namespace {

// A centre has some tens of versions: whoever asks for one programme's, or for all, asks four times.
class Reading {
 public:
    // No programme: all of them.
    Reading(db::Read& tx, std::optional<ProgrammeId> of)
        : tx_(tx), all_(!of), of_(of.value_or(ProgrammeId{})) {
        read_versions();
        read_topics();
        read_components();
        read_bands();
    }
    std::vector<Version> versions;

 private:
    Version& version_of(const db::Row& row) { return versions[places_.at(row.integer(0))]; }

    void read_versions() {
        versions = tx_.all<Version>(
            R"sql(
            select v.id, v.programme, v.number, v.valid_from, v.basis, v.audience, v.aims, v.minimum_size,
                   v.target_size, v.maximum_size, v.attendance_minimum, v.certificate_series,
                   v.certificate_valid_months, v.verified_by, v.remarks, v.recorded_at, a.display_name
            from programme_versions v join accounts a on a.id = v.recorded_by
            where :all or v.programme = :programme
            order by v.programme, v.number)sql",
            {{"all", all_}, {"programme", of_}}, [](const db::Row& row) {
                return Version{.id = row.id<VersionId>(0),
                               .programme = row.id<ProgrammeId>(1),
                               .number = row.integer(2),
                               .valid_from = row.maybe_date(3),
                               .basis = row.text(4),
                               .audience = row.text(5),
                               .aims = row.text(6),
                               .topics = {},
                               .minimum_size = row.maybe_integer(7),
                               .target_size = row.maybe_integer(8),
                               .maximum_size = row.maybe_integer(9),
                               .attendance_minimum = row.integer(10),
                               .certificate_series = row.text(11),
                               .certificate_valid_months = row.maybe_integer(12),
                               .verified_by = row.text(13),
                               .remarks = row.text(14),
                               .scheme = {},
                               .recorded_at = row.instant(15),
                               .recorded_by = row.text(16)};
            });
        for (std::size_t i = 0; i < versions.size(); ++i) places_.emplace(versions[i].id.value, i);
    }

    void read_topics() {
        tx_.each(
            R"sql(
            select t.version, t.id, t.title, t.lecture, t.discussion, t.field_trip, t.self_study, t.test
            from programme_topics t join programme_versions v on v.id = t.version
            where :all or v.programme = :programme
            order by t.version, t.position)sql",
            {{"all", all_}, {"programme", of_}}, [this](const db::Row& row) {
                version_of(row).topics.push_back(
                    {row.id<TopicId>(1),
                     row.text(2),
                     {row.integer(3), row.integer(4), row.integer(5), row.integer(6), row.integer(7)}});
            });
    }

    void read_components() {
        tx_.each(
            R"sql(
            select c.version, c.code, c.name, c.weight, c.scale_max, c.pass_mark, c.resits, c.markers,
                   c.tolerance, c.anonymous
            from programme_components c join programme_versions v on v.id = c.version
            where :all or v.programme = :programme
            order by c.version, c.position)sql",
            {{"all", all_}, {"programme", of_}}, [this](const db::Row& row) {
                version_of(row).scheme.components.push_back({.id = {},
                                                             .code = row.text(1),
                                                             .name = row.text(2),
                                                             .weight = row.integer(3),
                                                             .scale_max = row.integer(4),
                                                             .pass_mark = row.integer(5),
                                                             .resits = row.integer(6),
                                                             .markers = row.integer(7),
                                                             .tolerance = row.integer(8),
                                                             .anonymous = row.truth(9)});
            });
    }

    void read_bands() {
        tx_.each(
            R"sql(
            select b.version, b.code, b.name, b.from_mark, b.passes
            from programme_bands b join programme_versions v on v.id = b.version
            where :all or v.programme = :programme
            order by b.version, b.position)sql",
            {{"all", all_}, {"programme", of_}}, [this](const db::Row& row) {
                version_of(row).scheme.bands.push_back(
                    {row.text(1), row.text(2), row.integer(3), row.truth(4)});
            });
    }

    db::Read& tx_;
    bool all_;
    ProgrammeId of_;
    std::unordered_map<std::int64_t, std::size_t> places_;
};

void insert_topics(db::Write& tx, VersionId id, const Version& version) {
    std::int64_t position = 0;
    auto rows = tx.bulk("programme_topics", {"id", "version", "position", "title", "lecture", "discussion",
                                             "field_trip", "self_study", "test"});
    for (const Topic& topic : version.topics)
        rows.add({next_id(), id, ++position, topic.title, topic.periods[0], topic.periods[1],
                  topic.periods[2], topic.periods[3], topic.periods[4]});
    rows.flush();
}

void insert_scheme(db::Write& tx, VersionId id, const Scheme& scheme) {
    std::int64_t position = 0;
    auto components =
        tx.bulk("programme_components", {"version", "position", "code", "name", "weight", "scale_max",
                                         "pass_mark", "resits", "markers", "tolerance", "anonymous"});
    for (const Component& one : scheme.components)
        components.add({id, ++position, one.code, one.name, one.weight, one.scale_max, one.pass_mark,
                        one.resits, one.markers, one.tolerance, one.anonymous});
    components.flush();
    position = 0;
    auto bands = tx.bulk("programme_bands", {"version", "position", "code", "name", "from_mark", "passes"});
    for (const Band& band : scheme.bands)
        bands.add({id, ++position, band.code, band.name, band.from_mark, band.passes});
    bands.flush();
}

}  // namespace

std::vector<Version> versions_of(db::Read& tx, ProgrammeId programme) {
    return std::move(Reading(tx, programme).versions);
}

std::map<ProgrammeId, std::vector<Version>> all_versions(db::Read& tx) {
    std::map<ProgrammeId, std::vector<Version>> by_programme;
    for (Version& version : Reading(tx, std::nullopt).versions)
        by_programme[version.programme].push_back(std::move(version));
    return by_programme;
}

VersionId insert_version(db::Write& tx, const web::Actor& actor, const Version& version, Instant at) {
    const auto id = new_id<VersionId>();
    tx.run(R"sql(
        insert into programme_versions (id, programme, number, valid_from, basis, audience, aims, minimum_size,
                                        target_size, maximum_size, attendance_minimum, certificate_series,
                                        certificate_valid_months, verified_by, remarks, recorded_at, recorded_by)
        values (:id, :programme, :number, :valid_from, :basis, :audience, :aims, :minimum_size, :target_size,
                :maximum_size, :attendance_minimum, :series, :valid_months, :verified_by, :remarks, :at, :actor))sql",
           {{"id", id},
            {"programme", version.programme},
            {"number", version.number},
            {"valid_from", version.valid_from},
            {"basis", version.basis},
            {"audience", version.audience},
            {"aims", version.aims},
            {"minimum_size", version.minimum_size},
            {"target_size", version.target_size},
            {"maximum_size", version.maximum_size},
            {"attendance_minimum", version.attendance_minimum},
            {"series", version.certificate_series},
            {"valid_months", version.certificate_valid_months},
            {"verified_by", version.verified_by},
            {"remarks", version.remarks},
            {"at", at},
            {"actor", actor.account}});
    insert_topics(tx, id, version);
    insert_scheme(tx, id, version.scheme);
    return id;
}

std::vector<FormerName> former_names(db::Read& tx, ProgrammeId programme) {
    return tx.all<FormerName>(R"sql(
        select n.name, n.reason, n.recorded_at, a.display_name
        from programme_names n join accounts a on a.id = n.recorded_by
        where n.programme = :programme order by n.id desc)sql",
                              {{"programme", programme}}, [](const db::Row& row) {
                                  return FormerName{row.text(0), row.text(1), row.instant(2), row.text(3)};
                              });
}

}  // namespace tiendo::programmes
