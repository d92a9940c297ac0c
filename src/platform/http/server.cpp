// The one file with coroutines. g++ 12 destroys a braced or capturing temporary of a co_await
// expression twice, so whatever a co_await takes has a name first (docs/traps.md).
#include "platform/http/server.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

// Boost 1.74 forgets <utility>, so the standard headers stand above.
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/text.h"
#include "platform/http/incoming.h"
#include "platform/http/outgoing.h"

namespace tiendo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

std::int64_t now_ms() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}
constexpr std::int64_t never = INT64_MAX;

constexpr std::size_t head_block = 8 * 1024;    // what an idle connection keeps
constexpr std::size_t body_block = 128 * 1024;  // while a body comes or a file goes

auto into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

// Workers and how many requests wait for one.
struct Workers {
    explicit Workers(int threads) : pool(static_cast<std::size_t>(threads)) {}
    asio::thread_pool pool;
    std::atomic<std::size_t> waiting = 0;
};

// Work done on a worker while its coroutine waits on the network thread.
struct Work {
    Workers& workers;
    std::function<void()> run;
};

struct StartWork {
    template <class Handler>
    void operator()(Handler&& handler, Work* work) const {
        auto executor = asio::get_associated_executor(handler);
        ++work->workers.waiting;
        asio::post(work->workers.pool, [work, executor, handler = std::forward<Handler>(handler)]() mutable {
            --work->workers.waiting;
            work->run();
            asio::post(executor, std::move(handler));
        });
    }
};

asio::awaitable<void> done_by_worker(Work& work) {
    const asio::use_awaitable_t<> token;
    co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(StartWork(), token, &work);
}

// Whoever wants an exception told better than this catches it himself.
std::optional<Response> answer_of(const std::function<std::optional<Response>()>& ask) {
    try {
        return ask();
    } catch (const std::exception&) {
        return text(500, "internal server error\n");
    }
}

}  // namespace

class Server::Inside {
 public:
    Inside(Settings settings, Choose choose);
    std::uint16_t port() const { return port_; }
    void run();
    void stop();

 private:
    struct Connection : std::enable_shared_from_this<Connection> {
        Connection(Inside& owner, tcp::socket accepted);
        ~Connection();
        Inside& server;
        tcp::socket socket;  // whose strand guards all below but the deadline
        std::string client;
        std::string pending;            // bytes that came and were not used yet
        bool waits_for_request = true;  // nothing of the next request has come
        bool timed_out = false;
        std::atomic<std::int64_t> deadline = never;
        void give(milliseconds time) { deadline = now_ms() + time.count(); }
    };

    asio::awaitable<void> accept();
    asio::awaitable<void> watch();
    asio::awaitable<void> converse(std::shared_ptr<Connection> connection);
    asio::awaitable<bool> read_more(Connection& connection, std::size_t block);
    asio::awaitable<bool> read_head(Connection& connection, Incoming& incoming);
    asio::awaitable<void> read_body(Connection& connection, Incoming& incoming);
    asio::awaitable<bool> write(Connection& connection, const Response& response, After after,
                                const Request& request);
    asio::awaitable<bool> write_bytes(Connection& connection, std::string_view first,
                                      std::string_view second);
    asio::awaitable<bool> write_file(Connection& connection, const FileBody& file);
    asio::awaitable<void> part(Connection& connection);

    void know_client(const Connection& connection, Request& request) const;
    // Long enough for so many bytes at the slowest pace that is borne.
    milliseconds time_for(std::uint64_t bytes) const {
        return settings_.body_deadline + milliseconds(bytes * 1000 / settings_.slowest_bytes_per_second);
    }
    Workers& workers_for(Pool pool) { return pool == Pool::slow ? slow_ : ordinary_; }
    void each_connection(void (*visit)(Connection&));

    const Settings settings_;
    const Choose choose_;
    std::mutex mutex_;
    std::unordered_set<Connection*> connections_;  // guarded by mutex_; outlives io_
    std::atomic<bool> stopping_ = false;
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> busy_;
    tcp::acceptor acceptor_;
    asio::steady_timer watch_timer_;  // with the acceptor on one strand
    asio::signal_set signals_;
    Workers ordinary_, slow_;
    std::uint16_t port_ = 0;
};

Server::Inside::Connection::Connection(Inside& owner, tcp::socket accepted)
    : server(owner), socket(std::move(accepted)) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto address = socket.remote_endpoint(ignored).address();
    client = address.to_string();
    const std::lock_guard lock(server.mutex_);
    server.connections_.insert(this);
}

Server::Inside::Connection::~Connection() {
    const std::lock_guard lock(server.mutex_);
    server.connections_.erase(this);
}

Server::Inside::Inside(Settings settings, Choose choose)
    : settings_(std::move(settings)),
      choose_(std::move(choose)),
      io_(std::max(1, settings_.network_threads)),
      busy_(asio::make_work_guard(io_)),
      acceptor_(asio::make_strand(io_)),
      watch_timer_(acceptor_.get_executor()),
      signals_(io_),
      ordinary_(settings_.workers),
      slow_(settings_.slow_workers) {
    const std::string place = settings_.address + ":" + std::to_string(settings_.port);
    try {
        const tcp::endpoint endpoint(asio::ip::make_address(settings_.address), settings_.port);
        acceptor_.open(endpoint.protocol());
        acceptor_.set_option(tcp::acceptor::reuse_address(true));
        acceptor_.bind(endpoint);
        acceptor_.listen();
        port_ = acceptor_.local_endpoint().port();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error("cannot listen on " + place + ": " + error.code().message());
    }
}

void Server::Inside::run() {
    if (settings_.stop_on_signals) {
        signals_.add(SIGTERM);
        signals_.add(SIGINT);
        signals_.async_wait([this](const error_code& error, int) {
            if (!error) stop();
        });
    }
    asio::co_spawn(acceptor_.get_executor(), accept(), asio::detached);
    asio::co_spawn(acceptor_.get_executor(), watch(), asio::detached);
    std::vector<std::thread> threads;
    for (int i = 1; i < settings_.network_threads; ++i) threads.emplace_back([this] { io_.run(); });
    io_.run();
    for (auto& thread : threads) thread.join();
    ordinary_.pool.join();
    slow_.pool.join();
}

void Server::Inside::stop() {
    asio::post(acceptor_.get_executor(), [this] {
        stopping_ = true;
        error_code ignored;
        acceptor_.close(ignored);
        signals_.cancel(ignored);
        watch_timer_.cancel(ignored);
    });
}

void Server::Inside::each_connection(void (*visit)(Connection&)) {
    // Whoever lets go of a connection last also locks: so none is let go while this is locked.
    std::vector<std::shared_ptr<Connection>> held;
    {
        const std::lock_guard lock(mutex_);
        for (Connection* connection : connections_)
            // One that is just being destroyed cannot be held any more.
            if (auto one = connection->weak_from_this().lock()) held.push_back(std::move(one));
    }
    for (const auto& one : held) asio::post(one->socket.get_executor(), [visit, one] { visit(*one); });
}

// Deadlines are kept by one timer for all: it looks at every connection a few times in the
// shortest of them, which costs less than a timer for each that moves with every request.
asio::awaitable<void> Server::Inside::watch() {
    const milliseconds shortest =
        std::min({settings_.header_deadline, settings_.idle_deadline, settings_.body_deadline});
    std::int64_t stop_at = never;
    for (;;) {
        watch_timer_.expires_after(stopping_ ? milliseconds(20)
                                             : std::clamp(shortest / 4, milliseconds(20), milliseconds(500)));
        error_code error;
        co_await watch_timer_.async_wait(into(error));
        bool none_left = false;
        bool any_late = false;
        {
            const std::lock_guard lock(mutex_);
            none_left = connections_.empty();
            const std::int64_t now = now_ms();
            any_late = std::any_of(connections_.begin(), connections_.end(),
                                   [now](const Connection* one) { return now >= one->deadline; });
        }
        if (any_late)
            each_connection([](Connection& connection) {
                if (now_ms() < connection.deadline) return;
                connection.timed_out = true;
                connection.deadline = never;
                error_code ignored;
                connection.socket.cancel(ignored);
            });
        if (!stopping_) continue;
        if (stop_at == never) stop_at = now_ms() + settings_.stop_deadline.count();
        if (none_left || now_ms() >= stop_at) break;
        each_connection([](Connection& connection) {
            error_code ignored;
            if (connection.waits_for_request) connection.socket.cancel(ignored);
        });
    }
    io_.stop();
}

asio::awaitable<void> Server::Inside::accept() {
    asio::steady_timer pause(acceptor_.get_executor());
    while (!stopping_) {
        tcp::socket socket(asio::make_strand(io_));
        error_code error;
        co_await acceptor_.async_accept(socket, into(error));
        if (stopping_) co_return;
        bool full = false;
        {
            const std::lock_guard lock(mutex_);
            full = connections_.size() >= settings_.connection_limit;
        }
        if (error) {
            // Out of descriptors: some will be free again in a moment.
            pause.expires_after(milliseconds(50));
            error_code ignored;
            co_await pause.async_wait(into(ignored));
        } else if (!full) {
            const auto executor = socket.get_executor();
            auto connection = std::make_shared<Connection>(*this, std::move(socket));
            asio::co_spawn(executor, converse(std::move(connection)), asio::detached);
        }
    }
}

asio::awaitable<bool> Server::Inside::read_more(Connection& connection, std::size_t block) {
    std::string& pending = connection.pending;
    const std::size_t had = pending.size();
    pending.resize(had + block);
    error_code error;
    const asio::mutable_buffer space(pending.data() + had, block);
    const std::size_t got = co_await connection.socket.async_read_some(space, into(error));
    pending.resize(had + got);
    co_return !error && !connection.timed_out;
}

// False when the connection is over before a request was there, or it was too late.
asio::awaitable<bool> Server::Inside::read_head(Connection& connection, Incoming& incoming) {
    for (;;) {
        if (!connection.pending.empty()) {
            if (connection.waits_for_request) connection.give(settings_.header_deadline);
            connection.waits_for_request = false;
            connection.pending.erase(0, incoming.take(connection.pending));
            if (incoming.state() != Incoming::State::head) co_return true;
        } else if (connection.waits_for_request) {
            if (stopping_) co_return false;
            // A big body may have left a big buffer: nobody waits for a minute with that.
            if (connection.pending.capacity() > 2 * head_block) connection.pending.shrink_to_fit();
        }
        const bool more = co_await read_more(connection, head_block);
        if (!more) co_return false;
    }
}

asio::awaitable<void> Server::Inside::read_body(Connection& connection, Incoming& incoming) {
    const std::int64_t began = now_ms();
    std::uint64_t bytes = 0;
    for (;;) {
        const std::size_t used = incoming.take(connection.pending);
        connection.pending.erase(0, used);
        bytes += used;
        if (incoming.state() != Incoming::State::body) co_return;
        connection.deadline = began + time_for(bytes).count();
        const bool more = co_await read_more(connection, body_block);
        if (!more) co_return;
    }
}

void Server::Inside::know_client(const Connection& connection, Request& request) const {
    request.client = connection.client;
    if (!settings_.behind_proxy) return;
    // The last address is the one the proxy itself has seen.
    const auto addresses = split(request.header("x-forwarded-for"), ',');
    if (const std::string last = clean(addresses.back()); !last.empty()) request.client = last;
    request.secure = request.header("x-forwarded-proto") == "https";
}

asio::awaitable<void> Server::Inside::converse(std::shared_ptr<Connection> held) {
    Connection& connection = *held;
    connection.give(settings_.header_deadline);
    for (bool open = true; open;) {
        Incoming incoming(settings_.header_limit);
        Request& request = incoming.request();
        Response response;
        Treatment treatment;
        bool complete = false;  // nothing of this request is left to read

        connection.waits_for_request = true;
        const bool came = co_await read_head(connection, incoming);
        if (!came && (!connection.timed_out || connection.waits_for_request)) co_return;
        if (came && incoming.state() != Incoming::State::refused) {
            know_client(connection, request);
            treatment = choose_(request);
            const BodyLimits limits{treatment.body_limit, treatment.uploads, settings_.upload_folder};
            incoming.expect(limits);
        }
        Workers& workers = workers_for(treatment.pool);
        bool answered = workers.waiting >= settings_.waiting_limit;
        if (answered) response = text(503, "busy\n").with("Retry-After", "5");

        if (!answered && incoming.state() == Incoming::State::body) {
            if (treatment.admit) {
                connection.deadline = never;
                Work work{workers, {}};
                work.run = [&] {
                    auto refusal = answer_of([&] { return treatment.admit(request); });
                    answered = refusal.has_value();
                    if (answered) response = std::move(*refusal);
                };
                co_await done_by_worker(work);
            }
            if (!answered) {
                bool writable = true;
                if (incoming.awaits_continue() && connection.pending.empty()) {
                    connection.give(settings_.body_deadline);
                    writable = co_await write_bytes(connection, "HTTP/1.1 100 Continue\r\n\r\n", "");
                }
                if (writable) co_await read_body(connection, incoming);
            }
        }
        if (answered) {
            complete = incoming.state() == Incoming::State::done;
        } else if (incoming.state() == Incoming::State::done) {
            complete = true;
            connection.deadline = never;
            Work work{workers, {}};
            work.run = [&] {
                response = *answer_of([&] {
                    return std::optional(incoming.finish() ? treatment.handler(request)
                                                           : text(400, "bad request\n"));
                });
            };
            co_await done_by_worker(work);
        } else if (incoming.state() == Incoming::State::refused) {
            response = text(incoming.status(), lower_ascii(reason_of(incoming.status())) + "\n");
        } else if (connection.timed_out) {
            response = text(408, "request timeout\n");
        } else {
            co_return;  // the client went away in the middle
        }

        open = complete && incoming.keeps_alive() && !stopping_;
        connection.timed_out = false;
        const bool written =
            co_await write(connection, response, open ? After::stays_open : After::closes, request);
        if (!written) co_return;
        if (!complete) co_await part(connection);
        connection.give(settings_.idle_deadline);
    }
    error_code ignored;
    connection.socket.shutdown(tcp::socket::shutdown_both, ignored);
}

asio::awaitable<bool> Server::Inside::write_bytes(Connection& connection, std::string_view first,
                                                  std::string_view second) {
    const std::array<asio::const_buffer, 2> buffers = {asio::const_buffer(first.data(), first.size()),
                                                       asio::const_buffer(second.data(), second.size())};
    error_code error;
    co_await asio::async_write(connection.socket, buffers, into(error));
    co_return !error;
}

asio::awaitable<bool> Server::Inside::write(Connection& connection, const Response& response, After after,
                                            const Request& request) {
    const std::string head = head_of(response, after, request.secure, system_now());
    const bool no_body = request.method == Method::head || response.status == 204 || response.status == 304;
    connection.give(time_for(body_size_of(response)));
    std::string_view body;
    if (!no_body && !response.file) body = response.constant.empty() ? response.body : response.constant;
    bool written = co_await write_bytes(connection, head, body);
    if (written && !no_body && response.file) written = co_await write_file(connection, *response.file);
    co_return written;
}

asio::awaitable<bool> Server::Inside::write_file(Connection& connection, const FileBody& file) {
    const int descriptor = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) co_return false;
    std::string block(body_block, '\0');
    std::uint64_t sent = 0;
    bool good = true;
    while (good && sent < file.size) {
        const std::size_t wanted = std::min<std::uint64_t>(block.size(), file.size - sent);
        const auto got = ::pread(descriptor, block.data(), wanted, static_cast<off_t>(sent));
        if (got <= 0) {
            good = false;
        } else {
            sent += static_cast<std::uint64_t>(got);
            const std::string_view bytes(block.data(), static_cast<std::size_t>(got));
            good = co_await write_bytes(connection, bytes, "");
        }
    }
    ::close(descriptor);
    co_return good;
}

// A client that still sends would lose an answer followed by a reset: so nothing more is said
// and what comes is thrown away, for a moment.
asio::awaitable<void> Server::Inside::part(Connection& connection) {
    error_code ignored;
    connection.socket.shutdown(tcp::socket::shutdown_send, ignored);
    connection.give(milliseconds(2000));
    bool more = true;
    while (more) {
        connection.pending.clear();
        more = co_await read_more(connection, head_block);
    }
}

Server::Server(Settings settings, Choose choose)
    : inside_(std::make_unique<Inside>(std::move(settings), std::move(choose))) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return inside_->port(); }
void Server::run() { inside_->run(); }
void Server::stop() { inside_->stop(); }

}  // namespace tiendo::http
