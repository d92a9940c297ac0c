// The one file with coroutines. g++ 12 destroys a braced or capturing temporary of a co_await
// expression twice, so whatever a co_await takes has a name first (docs/traps.md).
#include "platform/http/server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <thread>
#include <utility>
#include <vector>

// Boost 1.74 forgets <utility>, so the standard headers stand above.
#include <boost/asio.hpp>

#include "platform/http/connections.h"
#include "platform/http/file_reader.h"
#include "platform/http/incoming.h"
#include "platform/http/outgoing.h"
#include "platform/http/treatment.h"

namespace tiendo::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

constexpr std::size_t head_block = 8 * 1024;    // what an idle connection keeps
constexpr std::size_t body_block = 128 * 1024;  // while a body comes

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

}  // namespace

class Server::Inside {
 public:
    Inside(Settings settings, Choose choose);
    std::uint16_t port() const { return port_; }
    void run();
    void stop();

 private:
    struct Connection : Connections::Guest {
        Connection(Connections& all, tcp::socket accepted);
        tcp::socket socket;  // whose strand guards all below
        std::string client;
        std::string pending;            // bytes that came and were not used yet
        bool waits_for_request = true;  // nothing of the next request has come
        bool timed_out = false;

        void hear_that_time_is_up() override;
        void hear_that_we_close() override;

     private:
        std::shared_ptr<Connection> self() {
            return std::static_pointer_cast<Connection>(shared_from_this());
        }
    };

    asio::awaitable<void> accept();
    asio::awaitable<void> watch();
    asio::awaitable<void> converse(std::shared_ptr<Connection> connection);
    asio::awaitable<bool> exchange(Connection& connection);
    asio::awaitable<bool> read_more(Connection& connection, std::size_t block);
    asio::awaitable<bool> read_head(Connection& connection, Incoming& incoming);
    asio::awaitable<void> read_body(Connection& connection, Incoming& incoming);
    asio::awaitable<bool> write(Connection& connection, const Response& response, After after,
                                const Request& request);
    asio::awaitable<bool> write_bytes(Connection& connection, std::string_view first,
                                      std::string_view second);
    asio::awaitable<void> part(Connection& connection);

    // Long enough for so many bytes at the slowest pace that is borne.
    milliseconds time_for(std::uint64_t bytes) const {
        return settings_.body_deadline + milliseconds(bytes * 1000 / settings_.slowest_bytes_per_second);
    }

    const Settings settings_;
    const Choose choose_;
    Connections connections_;
    std::atomic<bool> stopping_ = false;
    asio::io_context io_;
    asio::executor_work_guard<asio::io_context::executor_type> busy_;
    tcp::acceptor acceptor_;
    asio::steady_timer watch_timer_;  // with the acceptor on one strand
    asio::signal_set signals_;
    Workers ordinary_, slow_;
    std::uint16_t port_ = 0;
};

Server::Inside::Connection::Connection(Connections& all, tcp::socket accepted)
    : Guest(all), socket(std::move(accepted)) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    client = socket.remote_endpoint(ignored).address().to_string();
}

void Server::Inside::Connection::hear_that_time_is_up() {
    asio::post(socket.get_executor(), [self = self()] {
        if (!self->is_late()) return;  // it has moved on meanwhile
        self->timed_out = true;
        self->give_all_time();
        error_code ignored;
        self->socket.cancel(ignored);
    });
}

void Server::Inside::Connection::hear_that_we_close() {
    asio::post(socket.get_executor(), [self = self()] {
        error_code ignored;
        if (self->waits_for_request) self->socket.cancel(ignored);
    });
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

asio::awaitable<void> Server::Inside::watch() {
    const milliseconds shortest =
        std::min({settings_.header_deadline, settings_.idle_deadline, settings_.body_deadline});
    const milliseconds now_and_then = std::clamp(shortest / 4, milliseconds(20), milliseconds(500));
    milliseconds stopping_for{0};
    while (!stopping_ || (connections_.number() > 0 && stopping_for < settings_.stop_deadline)) {
        const milliseconds pause = stopping_ ? milliseconds(20) : now_and_then;
        watch_timer_.expires_after(pause);
        error_code ignored;
        co_await watch_timer_.async_wait(into(ignored));
        connections_.tell_the_late();
        if (!stopping_) continue;
        stopping_for += pause;
        connections_.tell_all_that_we_close();
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
        if (error) {
            // Out of descriptors: some will be free again in a moment.
            pause.expires_after(milliseconds(50));
            co_await pause.async_wait(into(error));
        } else if (connections_.number() < settings_.connection_limit) {
            const auto executor = socket.get_executor();
            auto connection = std::make_shared<Connection>(connections_, std::move(socket));
            connections_.enter(connection);
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
    connection.waits_for_request = true;
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
    const auto began = std::chrono::steady_clock::now();
    std::uint64_t bytes = 0;
    for (;;) {
        const std::size_t used = incoming.take(connection.pending);
        connection.pending.erase(0, used);
        bytes += used;
        if (incoming.state() != Incoming::State::body) co_return;
        const auto gone = std::chrono::steady_clock::now() - began;
        connection.give(time_for(bytes) - std::chrono::duration_cast<milliseconds>(gone));
        const bool more = co_await read_more(connection, body_block);
        if (!more) co_return;
    }
}

asio::awaitable<void> Server::Inside::converse(std::shared_ptr<Connection> connection) {
    connection->give(settings_.header_deadline);
    bool open = true;
    while (open) {
        open = co_await exchange(*connection);
        connection->give(settings_.idle_deadline);
    }
    error_code ignored;
    connection->socket.shutdown(tcp::socket::shutdown_both, ignored);
}

// One request and its response. False when the connection is to end.
asio::awaitable<bool> Server::Inside::exchange(Connection& connection) {
    using State = Incoming::State;
    Incoming incoming(settings_.header_limit);
    Request& request = incoming.request();
    Treatment treatment;
    std::optional<Response> response;

    const bool came = co_await read_head(connection, incoming);
    if (!came && (!connection.timed_out || connection.waits_for_request)) co_return false;
    if (came && incoming.state() != State::refused) {
        name_client(request, connection.client, settings_.behind_proxy);
        treatment = chosen(choose_, request);
        const BodyLimits limits{treatment.body_limit, treatment.uploads, settings_.upload_folder};
        incoming.expect(limits);
    }
    Work work{treatment.pool == Pool::slow ? slow_ : ordinary_, {}};
    if (work.workers.waiting >= settings_.waiting_limit)
        response = plain_answer(503).with("Retry-After", "5");

    if (!response && treatment.admit && incoming.state() == State::body) {
        connection.give_all_time();
        work.run = [&] { response = refused_at_the_door(treatment, request); };
        co_await done_by_worker(work);
    }
    if (!response && incoming.state() == State::body) {
        connection.give(settings_.body_deadline);
        if (incoming.awaits_continue() && connection.pending.empty())
            co_await write_bytes(connection, "HTTP/1.1 100 Continue\r\n\r\n", "");
        co_await read_body(connection, incoming);
    }
    if (!response && incoming.state() == State::done) {
        connection.give_all_time();
        work.run = [&] { response = answered(treatment, incoming); };
        co_await done_by_worker(work);
    }
    if (!response && incoming.state() == State::refused) response = plain_answer(incoming.status());
    if (!response && connection.timed_out) response = plain_answer(408);
    if (!response) co_return false;  // the client went away in the middle

    const bool complete = incoming.state() == State::done;
    const bool open = complete && incoming.keeps_alive() && !stopping_;
    connection.timed_out = false;
    const bool written =
        co_await write(connection, *response, open ? After::stays_open : After::closes, request);
    if (written && !complete) co_await part(connection);
    co_return written&& open;
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
    const bool has_body = request.method != Method::head && response.status != 204 && response.status != 304;
    connection.give(time_for(body_size_of(response)));
    std::string_view body;
    if (has_body && !response.file) body = response.constant.empty() ? response.body : response.constant;
    bool good = co_await write_bytes(connection, head, body);
    if (!has_body || !response.file) co_return good;
    FileReader file(*response.file);
    while (good && !file.done()) {
        const std::string_view block = file.next();
        good = !block.empty();
        if (good) good = co_await write_bytes(connection, block, "");
    }
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
