// The parts of the server. They live on one single-threaded event loop; only
// the work with files has threads of its own.
#pragma once

#include "line_stream.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace chat {

class Server;

/// What was said, kept in one text file per room.
class History {
public:
  History(asio::thread_pool &files, std::string directory);

  std::string file_of(const std::string &room) const {
    return directory_ + "/" + room + ".log";
  }

  /// Adds a line to the history of a room, some time soon.
  void append(const std::string &room, const std::string &line);

  /// The lines of a room's history that contain a text.
  awaitable<Lines> search(std::string room, std::string text);

private:
  asio::thread_pool &files_;
  asio::strand<asio::thread_pool::executor_type> writer_;
  std::string directory_;
};

/// The bridge to a room on another server, as a client of that server.
class Relay {
public:
  using Deliver = std::function<awaitable<void>(std::string line)>;

  Relay(asio::any_io_executor executor, const Config &config, Deliver deliver);

  void start();
  void stop();

  /// Passes a line on, unless the upstream server is out of reach.
  awaitable<void> forward(std::string line);

private:
  awaitable<void> run();
  awaitable<void> connect();
  awaitable<void> receive();

  asio::any_io_executor executor_;
  const Config &config_;
  Deliver deliver_;
  std::shared_ptr<LineStream> stream_;
  asio::steady_timer retry_timer_;
  bool stopped_ = false;
};

/// How much a client has said lately.
struct Allowance {
  std::chrono::steady_clock::time_point since;
  int lines = 0;
};

/// One client: its connection, its name, its room.
class Session : public std::enable_shared_from_this<Session> {
public:
  Session(tcp::socket socket, Server &server, std::string nick);

  void start();
  void close() { stream_.close(); }
  awaitable<void> send(std::string line) {
    return stream_.send(std::move(line));
  }

  const std::string &address() const { return address_; }
  const std::string &nick() const { return nick_; }
  const std::string &room() const { return room_; }

private:
  awaitable<void> run();
  awaitable<void> obey(std::string command, std::string argument);
  awaitable<void> obey_admin(std::string command, std::string argument);
  awaitable<void> join(std::string room);
  awaitable<void> rename(std::string nick);

  std::string address_;
  LineStream stream_;
  Server &server_;
  std::string nick_;
  std::string room_;
  Allowance allowance_;
  bool admin_ = false;
};

using Sessions = std::vector<std::shared_ptr<Session>>;

/// Who is connected, in which room, and what happens to what they say.
class Server {
public:
  Server(asio::io_context &loop, asio::thread_pool &files, const Config &config,
         Stats &stats);

  void start(std::string motd, const Lines &bans);
  void stop();

  asio::any_io_executor executor() { return loop_.get_executor(); }
  const Config &config() const { return config_; }
  History &history() { return history_; }

  Sessions members(const std::string &room) const;
  bool has_nick(const std::string &nick) const;
  void remove(std::shared_ptr<Session> session) { sessions_.erase(session); }

  /// Turns a client away, now and in future.
  void ban(const std::string &nick);

  /// Tells everybody in a room, except the one who said it.
  awaitable<void> broadcast(std::string room, std::string line,
                            std::shared_ptr<Session> author = nullptr);

  /// The same, and on the upstream server too.
  awaitable<void> publish(std::string room, std::string line,
                          std::shared_ptr<Session> author);

private:
  void listen();
  awaitable<void> accept_clients();
  awaitable<void> admit(tcp::socket socket);
  awaitable<void> announce_statistics();
  awaitable<void> notify_shutdown();

  asio::io_context &loop_;
  asio::thread_pool &files_;
  const Config &config_;
  Stats &stats_;
  History history_;
  Relay relay_;
  tcp::acceptor acceptor_;
  asio::steady_timer statistics_timer_;
  asio::steady_timer grace_timer_;
  std::string motd_;
  std::set<std::string> banned_;
  std::set<std::shared_ptr<Session>> sessions_;
};

} // namespace chat
