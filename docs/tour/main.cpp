// chatd: a small chat server. Usage: chatd [configuration file]
#include "server.h"

#include <csignal>
#include <future>
#include <map>
#include <sstream>

using namespace chat;

namespace {

Config load_config(const std::string &path) {
  Config config;
  const std::map<std::string, std::string *> options = {
      {"port", &config.port},
      {"lobby", &config.lobby},
      {"motd_file", &config.motd_file},
      {"bans_file", &config.bans_file},
      {"history_dir", &config.history_dir},
      {"stats_file", &config.stats_file},
      {"admin_password", &config.admin_password},
      {"upstream_host", &config.upstream_host},
      {"upstream_port", &config.upstream_port},
      {"upstream_room", &config.upstream_room},
  };
  for (const std::string &line : read_lines(path)) {
    std::istringstream words(line);
    std::string name, value;
    if (!(words >> name >> value) || name.starts_with('#'))
      continue;
    if (const auto option = options.find(name); option != options.end())
      *option->second = value;
    else
      log(path + ": unknown option " + name);
  }
  return config;
}

} // namespace

int main(int argc, char **argv) {
  try {
    const Config config = load_config(argc > 1 ? argv[1] : "chatd.conf");
    std::ostringstream motd;
    motd << std::ifstream(config.motd_file).rdbuf();

    Stats stats;
    asio::thread_pool files(2);
    asio::io_context loop(1);
    Server server(loop, files, config, stats);
    server.start(motd.str(), read_lines(config.bans_file));

    asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](error_code, int) { server.stop(); });

    // The latest statistics for whoever monitors this machine.
    std::promise<void> stopped;
    std::thread stats_writer([&, done = stopped.get_future()] {
      while (done.wait_for(1min) != std::future_status::ready)
        std::ofstream(config.stats_file) << stats.summary() << '\n';
    });

    loop.run();
    stopped.set_value();
    stats_writer.join();
    files.join();
  } catch (const std::exception &error) {
    log(error.what());
    return 1;
  }
}
