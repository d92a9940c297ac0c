// Lines of a unit's list in which nobody was recognised: shown with the reason, ready to be mended and sent
// again, or taken away as a workbook for whoever keeps the register.
#include <algorithm>

#include "base/text.h"
#include "features/nominations/nominations_pages.h"
#include "platform/pages/workbook.h"

namespace tiendo::nominations {
namespace {

constexpr const char* fields[] = {"full_name", "birth_date", "national_id", "unit", "position"};

// The cells of a line in the order of `fields`, between tabs.
std::string cells_of(const Line& line) {
    return line.full_name + "\t" + line.birth_written + "\t" + line.national_id + "\t" + line.unit + "\t" +
           line.position;
}

std::string reason_of(const web::Visit& visit, const UnreadLine& unread) {
    return visit.site.texts.text(visit.language, unread.why);
}

}  // namespace

Value unread_value(const web::Visit& visit, const std::vector<UnreadLine>& unread) {
    return list_of(unread, [&](const UnreadLine& one) {
        const std::string reason = reason_of(visit, one);
        return Value::object({{"message", reason}, {"cells", cells_of(one.line) + "\t" + reason}});
    });
}

std::string unread_text(const web::Visit& visit, const std::vector<UnreadLine>& unread) {
    // With its headings where a unit is to be mended: cells alone do not say that they are one.
    const bool with_unit = std::any_of(unread.begin(), unread.end(), [](const UnreadLine& one) {
        return !one.line.unit.empty() || one.why.message == "newcomer.which_unit";
    });
    std::string text;
    if (with_unit)
        for (const char* field : fields)
            text += heading(visit, field) + (field == std::string_view("position") ? "\n" : "\t");
    for (const UnreadLine& one : unread)
        text += with_unit
                    ? cells_of(one.line) + "\n"
                    : one.line.full_name + "\t" + one.line.birth_written + "\t" + one.line.national_id + "\n";
    return text;
}

http::Response unread_workbook(const web::Visit& visit) {
    const Call call = visit.database.read(
        [&](db::Read& tx) { return require(tx, visit.actor, CallId{web::id_of(visit, "id")}); });
    const std::string title = visit.text("nomination.unread_list", {call.cohort.code});
    office::ListLayout layout{.sheet = visit.text("nomination.list"), .titles = {title}, .columns = {}};
    for (const char* field : fields)
        layout.columns.push_back({heading(visit, field), office::ListColumn::Kind::text, 24});
    layout.columns.push_back({visit.text("imports.reason"), office::ListColumn::Kind::text, 80});
    return pages::workbook(layout, title + ".xlsx", [&](office::ListWriter& writer) {
        for (const http::Field& sent : visit.request.form) {
            if (sent.name != "line") continue;
            std::vector<std::string> texts;
            for (const std::string_view cell : split(sent.value, '\t')) texts.push_back(clean(cell));
            texts.resize(layout.columns.size());
            std::vector<office::ListCell> cells(layout.columns.size());
            for (std::size_t i = 0; i < texts.size(); ++i)
                if (!texts[i].empty()) cells[i] = std::string_view(texts[i]);
            writer.row(cells);
        }
    });
}

}  // namespace tiendo::nominations
