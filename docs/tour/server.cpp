#include "server.h"

#include <algorithm>

namespace chat {

Server::Server(asio::io_context &loop, asio::thread_pool &files,
               const Config &config, Stats &stats)
    : loop_(loop), files_(files), config_(config), stats_(stats),
      history_(files, config.history_dir),
      relay_(loop.get_executor(), config,
             [this](std::string line) {
               return broadcast(config_.upstream_room, std::move(line));
             }),
      acceptor_(loop), statistics_timer_(loop), grace_timer_(loop) {}

void Server::start(std::string motd, const Lines &bans) {
  motd_ = std::move(motd);
  banned_.insert(bans.begin(), bans.end());
  // The port may still be taken by the process that this one replaces.
  with_retry(5, [this] { listen(); });
  asio::co_spawn(loop_, accept_clients(), asio::detached);
  asio::co_spawn(loop_, announce_statistics(), asio::detached);
  relay_.start();
}

void Server::stop() {
  log("shutting down");
  (void)notify_shutdown();
  acceptor_.close();
  statistics_timer_.cancel();
  relay_.stop();

  // What is still queued gets a moment to leave.
  grace_timer_.expires_after(1s);
  grace_timer_.async_wait([this](error_code) { loop_.stop(); });
}

Sessions Server::members(const std::string &room) const {
  Sessions found;
  for (const auto &session : sessions_) {
    if (session->room() == room)
      found.push_back(session);
  }
  return found;
}

bool Server::has_nick(const std::string &nick) const {
  return std::ranges::any_of(
      sessions_, [&](const auto &session) { return session->nick() == nick; });
}

void Server::ban(const std::string &nick) {
  for (const auto &session : sessions_) {
    if (session->nick() != nick)
      continue;
    const std::string &address = session->address();
    asio::post(files_, [file = config_.bans_file, address] {
      std::ofstream(file, std::ios::app) << address << '\n';
    });
    banned_.insert(address);
    session->close();
  }
}

awaitable<void> Server::broadcast(std::string room, std::string line,
                                  std::shared_ptr<Session> author) {
  history_.append(room, line);
  {
    std::lock_guard lock(stats_.mutex);
    ++stats_.lines;
  }
  // A copy of the members: some may come or go while a slow one is waited for.
  const auto listeners = members(room);
  for (const auto &listener : listeners) {
    if (listener != author)
      co_await listener->send(line);
  }
}

awaitable<void> Server::publish(std::string room, std::string line,
                                std::shared_ptr<Session> author) {
  if (room == config_.upstream_room)
    asio::co_spawn(loop_, relay_.forward(line), asio::detached);
  return broadcast(room, line, author);
}

void Server::listen() {
  const auto port = static_cast<asio::ip::port_type>(std::stoi(config_.port));
  acceptor_ = tcp::acceptor(loop_, tcp::endpoint(tcp::v4(), port));
  log("listening on port " + config_.port);
}

awaitable<void> Server::accept_clients() {
  for (;;) {
    try {
      tcp::socket socket = co_await acceptor_.async_accept(use_awaitable);
      co_await admit(std::move(socket));
    } catch (const std::exception &error) {
      // One client that fails to get in must not keep the others out.
      log("accept: "s + error.what());
    }
  }
}

awaitable<void> Server::admit(tcp::socket socket) {
  const std::string address = socket.remote_endpoint().address().to_string();
  if (banned_.contains(address)) {
    log("turned away " + address);
    asio::write(socket, asio::buffer("* you are banned from this server\n"s));
    co_return;
  }
  unsigned long number = 0;
  {
    std::lock_guard lock(stats_.mutex);
    number = ++stats_.clients;
  }
  const std::string nick = "guest-" + std::to_string(number);
  auto session = std::make_shared<Session>(std::move(socket), *this, nick);
  sessions_.insert(session);
  co_await session->send(motd_ + "* welcome, " + nick);
  session->start();
}

awaitable<void> Server::announce_statistics() {
  for (;;) {
    try {
      statistics_timer_.expires_after(10min);
      co_await statistics_timer_.async_wait(use_awaitable);
      co_await broadcast(config_.lobby, "* " + stats_.summary());
    } catch (const boost::system::system_error &error) {
      if (error.code() == asio::error::operation_aborted)
        throw;
      log("statistics: "s + error.what());
    }
  }
}

awaitable<void> Server::notify_shutdown() {
  const auto sessions = sessions_;
  for (const auto &session : sessions)
    co_await session->send("* the server is going down, good-bye");
}

} // namespace chat
