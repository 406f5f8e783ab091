#include "server.h"

#include <algorithm>
#include <cctype>
#include <future>
#include <sstream>
#include <stdexcept>

namespace chat {

namespace {

/// Rooms give their names to files: letters, digits and dashes only.
bool is_valid_name(const std::string &name) {
  const auto is_allowed = [](unsigned char c) {
    return std::isalnum(c) || c == '-';
  };
  return !name.empty() && name.size() <= 24 &&
         std::ranges::all_of(name, is_allowed);
}

/// What a newcomer gets to see of a room's history.
Lines recent_lines(const std::string &file) {
  constexpr std::size_t limit = 20;
  Lines lines = read_lines(file);
  if (lines.size() > limit)
    lines.erase(lines.begin(), lines.end() - limit);
  return lines;
}

/// Slows down a client that floods its room.
void throttle(Allowance &allowance) {
  const auto now = std::chrono::steady_clock::now();
  if (now - allowance.since > 1s)
    allowance = {now, 0};
  if (++allowance.lines > 10)
    std::this_thread::sleep_for(200ms);
}

} // namespace

Session::Session(tcp::socket socket, Server &server, std::string nick)
    : address_(socket.remote_endpoint().address().to_string()),
      stream_(std::move(socket)), server_(server), nick_(std::move(nick)) {}

void Session::start() {
  const auto self = shared_from_this();
  const auto write = [self] { return self->stream_.write_queued(); };
  asio::co_spawn(server_.executor(), write, asio::detached);
  const auto read = [self] { return self->run(); };
  asio::co_spawn(server_.executor(), read, asio::detached);
}

awaitable<void> Session::run() {
  try {
    co_await join(server_.config().lobby);
    for (;;) {
      const std::string line = co_await stream_.read_line();
      throttle(allowance_);
      if (line.starts_with('/')) {
        std::istringstream words(line);
        std::string command, argument;
        std::getline(words >> command >> std::ws, argument);
        co_await obey(command, argument);
      } else if (!line.empty()) {
        const std::string text = "<" + nick_ + "> " + line;
        co_await server_.publish(room_, text, shared_from_this());
      }
    }
  } catch (const std::exception &error) {
    log(nick_ + " is gone: " + error.what());
  }
  close();
  server_.remove(shared_from_this());
  co_await server_.broadcast(room_, "* " + nick_ + " has left");
}

awaitable<void> Session::obey(std::string command, std::string argument) {
  if (command == "/quit") {
    throw std::runtime_error("quit");
  } else if (command == "/join") {
    co_await join(argument);
  } else if (command == "/nick") {
    co_await rename(argument);
  } else if (command == "/who") {
    for (const auto &member : server_.members(room_))
      co_await send("* " + member->nick());
  } else if (command == "/search") {
    const Lines found = co_await server_.history().search(room_, argument);
    for (const std::string &line : found)
      co_await send(line);
  } else if (command == "/auth") {
    admin_ = !argument.empty() && argument == server_.config().admin_password;
    co_await send(admin_ ? "* welcome, administrator" : "* wrong password");
  } else if (admin_) {
    co_await obey_admin(command, argument);
  } else {
    co_await send("* unknown command: " + command);
  }
}

awaitable<void> Session::obey_admin(std::string command, std::string argument) {
  if (command == "/ban") {
    awaitable<void> answer = send("* banned: " + argument);
    server_.ban(argument);
    co_await std::move(answer);
  } else if (command == "/audit") {
    auto search = server_.history().search(server_.config().lobby, argument);
    const auto executor = server_.executor();
    auto result = asio::co_spawn(executor, std::move(search), asio::use_future);
    const Lines found = result.get();
    co_await send("* times said: " + std::to_string(found.size()));
  } else if (command == "/shutdown") {
    server_.stop();
  } else {
    co_await send("* unknown command: " + command);
  }
}

awaitable<void> Session::join(std::string room) {
  if (!is_valid_name(room)) {
    co_await send("* that is no name for a room");
    co_return;
  }
  if (!room_.empty())
    co_await server_.broadcast(room_, "* " + nick_ + " has left");
  room_ = room;

  const Lines recent = recent_lines(server_.history().file_of(room));
  for (const std::string &line : recent)
    co_await send(line);
  co_await server_.broadcast(room, "* " + nick_ + " has joined " + room);
}

awaitable<void> Session::rename(std::string nick) {
  if (!is_valid_name(nick) || server_.has_nick(nick)) {
    co_await send("* you cannot be called that");
    co_return;
  }
  // No need to keep the client waiting until everybody knows.
  const std::string notice = "* " + nick_ + " is now known as " + nick;
  (void)server_.broadcast(room_, notice, shared_from_this());
  nick_ = nick;
  co_await send("* you are now known as " + nick);
}

} // namespace chat
