// What every part of the server needs: settings, counters and small helpers.
#pragma once

#include <boost/asio.hpp>

#include <chrono>
#include <fstream>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace chat {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;
using namespace std::string_literals;

using Lines = std::vector<std::string>;

/// The settings of the configuration file.
struct Config {
  std::string port = "6660";
  std::string lobby = "lobby";
  std::string motd_file = "motd.txt";
  std::string bans_file = "bans.txt";
  std::string history_dir = "history";
  std::string stats_file = "stats.txt";
  std::string admin_password;
  std::string upstream_host;
  std::string upstream_port = "6660";
  std::string upstream_room = "lobby";
};

/// Counters that the event loop updates and the statistics thread reads.
struct Stats {
  std::mutex mutex;
  unsigned long clients = 0;
  unsigned long lines = 0;

  std::string summary() {
    std::lock_guard lock(mutex);
    return std::to_string(clients) + " clients, " + std::to_string(lines) +
           " lines";
  }
};

inline void log(const std::string &message) {
  std::clog << "chatd: " << message << std::endl;
}

/// The lines of a text file; none if there is no such file.
inline Lines read_lines(const std::string &path) {
  Lines lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    lines.push_back(line);
  return lines;
}

/// Calls `action` until it does not throw, `attempts` times at most.
template <typename Action> void with_retry(int attempts, Action action) {
  for (;; --attempts) {
    try {
      return action();
    } catch (const boost::system::system_error &error) {
      if (attempts <= 1)
        throw;
      log(error.what());
    }
    std::this_thread::sleep_for(1s);
  }
}

} // namespace chat
