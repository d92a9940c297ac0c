#include "platform/office/old_formats.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <thread>
#include <vector>

namespace tiendo::office {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

std::string make_folder() {
    std::string folder = (fs::temp_directory_path() / "tiendo-convert-XXXXXX").string();
    if (!::mkdtemp(folder.data())) throw std::system_error(errno, std::generic_category(), folder);
    return folder;
}

// What a format is called at the end of a name, which is what the converter goes by.
std::string ending_of(const std::string& format) {
    if (format == "HTML") return ".html";
    if (format == "XML 2003") return ".xml";
    return format.starts_with('.') ? format : ".xls";
}

// In the child, after fork: only what may be called there.
[[noreturn]] void become(const std::vector<char*>& arguments, const std::vector<char*>& environment) {
    ::setpgid(0, 0);
    // Without a way out to any network; where the system forbids that, LibreOffice still has no
    // reason to use one.
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) errno = 0;
    const int nowhere = ::open("/dev/null", O_RDWR);
    for (int stream = 0; stream < 3; ++stream) ::dup2(nowhere, stream);
    constexpr int last_descriptor = 1024;
    for (int descriptor = 3; descriptor < last_descriptor; ++descriptor) ::close(descriptor);
    ::execve(arguments[0], arguments.data(), environment.data());
    ::_exit(127);
}

enum class Ended { well, badly, too_late };

Ended run(std::vector<std::string> words, std::vector<std::string> settings, std::chrono::seconds allowed) {
    const auto pointers = [](std::vector<std::string>& texts) {
        std::vector<char*> all;
        for (std::string& text : texts) all.push_back(text.data());
        all.push_back(nullptr);
        return all;
    };
    const std::vector<char*> arguments = pointers(words), environment = pointers(settings);
    const pid_t child = ::fork();
    if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (child == 0) become(arguments, environment);
    ::setpgid(child, child);
    const auto end = Clock::now() + allowed;
    int status = 0;
    for (;;) {
        const pid_t ended = ::waitpid(child, &status, WNOHANG);
        if (ended == child) break;
        if (ended < 0 && errno != EINTR) return Ended::badly;
        if (Clock::now() >= end) {
            // It starts programs of its own; the whole group goes.
            ::kill(-child, SIGKILL);
            ::kill(child, SIGKILL);
            while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
            }
            return Ended::too_late;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ::kill(-child, SIGKILL);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? Ended::well : Ended::badly;
}

}  // namespace

std::string converter() {
    if (const char* named = std::getenv("TIENDO_SOFFICE")) return named;
    for (const char* place : {"/usr/bin/soffice", "/usr/local/bin/soffice", "/usr/bin/libreoffice",
                              "/opt/libreoffice/program/soffice"})
        if (::access(place, X_OK) == 0) return place;
    return "";
}

ConvertedFile::~ConvertedFile() {
    std::error_code error;
    fs::remove_all(folder_, error);
}

Outcome<std::shared_ptr<ConvertedFile>> convert_to_xlsx(const std::string& path, const std::string& format,
                                                        std::chrono::seconds allowed) {
    const std::string program = converter();
    if (program.empty()) return Refusal{"", "office.no_converter", {format}};
    const auto made = std::make_shared<ConvertedFile>(make_folder());
    const std::string source = made->folder() + "/workbook" + ending_of(format);
    fs::create_symlink(fs::absolute(path), source);
    const std::string& home = made->folder();
    const Ended ended =
        run({program, "-env:UserInstallation=file://" + home + "/profile", "--headless", "--norestore",
             "--nolockcheck", "--nodefault", "--nologo", "--calc", "--convert-to",
             "xlsx:Calc MS Excel 2007 XML", "--outdir", home, source},
            {"HOME=" + home, "TMPDIR=" + home, "PATH=/usr/bin:/bin", "LANG=C.UTF-8"}, allowed);
    if (ended == Ended::too_late)
        return Refusal{"", "office.conversion_too_slow", {format, std::to_string(allowed.count())}};
    std::error_code error;
    if (ended == Ended::badly || !fs::is_regular_file(made->path(), error) ||
        fs::is_symlink(made->path(), error))
        return Refusal{"", "office.conversion_failed", {format}};
    return made;
}

}  // namespace tiendo::office
