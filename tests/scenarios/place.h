// Where one scenario happens: a fresh data folder, a fresh database, a folder for its files.
#pragma once
#include <filesystem>
#include <functional>
#include <string>

#include "program.h"

namespace scenario {

class Place {
 public:
    // `tiendo` is the program under test; `postgresql` the address of a server on which a
    // schema is made and dropped again, empty for SQLite in the data folder.
    Place(const std::filesystem::path& tiendo, const std::string& postgresql);
    Place(const Place&) = delete;
    ~Place();

    const std::filesystem::path& files() const { return files_; }
    // TIENDO_DATA, TIENDO_DATABASE, and a PATH on which "tiendo" is the program under test,
    // called with --now when a moment is given.
    Environment environment(const std::string& now) const;

 private:
    std::filesystem::path folder_;
    std::filesystem::path files_;
    std::filesystem::path tiendo_;
    std::string database_;
    std::function<void()> drop_schema_;
};

}  // namespace scenario
