// What every command works with: settings, texts, the database and who acts.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/outcome.h"
#include "base/value.h"
#include "platform/db/db.h"
#include "platform/files/files.h"
#include "platform/i18n/i18n.h"
#include "platform/web/web.h"

namespace tiendo::app {

// Exit codes, as docs/handbook tells them.
enum class Exit {
    done = 0,
    refused = 1,      // the input was not accepted; messages say why, and nothing was saved
    usage = 2,        // no such command or option
    unbalanced = 3,   // verify: the books do not balance
    unavailable = 4,  // the database is gone, locked, full, or was never initialised
    defect = 5,       // a fault of the program; the message has an incident number
    altered = 6,      // a certificate's code was signed by a key of ours, and changed since
    forged = 7,       // it was never signed by one
};

struct Settings {
    std::string data;      // folder of the SQLite file and the stored files
    std::string database;  // postgresql://…; empty: the SQLite file in `data`
    std::string language;  // vi, en
    std::string format = "table";
    std::string address;  // of the site, as it is printed on papers; empty: papers carry none
    std::string now;      // a fixed moment for scripts that retrace the past; empty: the clock
    bool json() const { return format == "json"; }
};

class Program {
 public:
    explicit Program(Settings settings);

    const Settings& settings() const { return settings_; }
    const i18n::Texts& texts() const { return texts_; }
    i18n::Language language() const { return language_; }
    Instant now() const;
    Date today() const { return day_of(now(), Offset{}); }
    // Opened, brought to the newest migration and given the templates it lacks, when first asked for.
    db::Database& database();
    files::Store store() const { return files::Store(settings_.data); }
    web::Actor actor();

    std::string text(std::string_view key, std::initializer_list<std::string> arguments = {}) const {
        return texts_.text(language_, key, arguments);
    }
    void print(const std::string& text) const;    // one line to the standard output
    void print(const Value& value) const;         // JSON
    Exit refuse(const Refusals& refusals) const;  // messages to the error output, or JSON

 private:
    Settings settings_;
    i18n::Texts texts_;
    i18n::Language language_;
    std::optional<Instant> fixed_now_;
    std::unique_ptr<db::Database> database_;
};

// Whether somebody has made the centre whose books these are.
bool is_founded(db::Read& tx);

// The bookkeepers and importers of all features; once, when the program starts.
void register_features();

}  // namespace tiendo::app
