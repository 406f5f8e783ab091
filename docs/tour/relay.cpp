#include "server.h"

namespace chat {

Relay::Relay(asio::any_io_executor executor, const Config &config,
             Deliver deliver)
    : executor_(executor), config_(config), deliver_(std::move(deliver)),
      retry_timer_(executor) {}

void Relay::start() {
  if (!config_.upstream_host.empty())
    asio::co_spawn(executor_, run(), asio::detached);
}

void Relay::stop() {
  stopped_ = true;
  retry_timer_.cancel();
  if (stream_)
    stream_->close();
}

awaitable<void> Relay::forward(std::string line) {
  if (const std::shared_ptr<LineStream> stream = stream_)
    co_await stream->send(std::move(line));
}

awaitable<void> Relay::run() {
  while (!stopped_) {
    try {
      co_await connect();
      co_await receive();
    } catch (const std::exception &error) {
      log("upstream: "s + error.what());
    }
    stream_.reset();
    retry_timer_.expires_after(10s);
    co_await retry_timer_.async_wait(use_awaitable);
  }
}

awaitable<void> Relay::connect() {
  tcp::resolver resolver(executor_);
  const std::string &host = config_.upstream_host;
  const std::string &port = config_.upstream_port;
  const auto endpoints = resolver.resolve(host, port);

  // A server that restarts is back in a moment: a few quick attempts first.
  tcp::socket socket(executor_);
  for (auto pause = 250ms;; pause *= 2) {
    error_code error;
    co_await asio::async_connect(socket, endpoints,
                                 asio::redirect_error(use_awaitable, error));
    if (!error)
      break;
    if (pause > 1s)
      throw boost::system::system_error(error, "cannot connect");
    std::this_thread::sleep_for(pause);
  }

  stream_ = std::make_shared<LineStream>(std::move(socket));
  const auto write = [stream = stream_] { return stream->write_queued(); };
  asio::co_spawn(executor_, write, asio::detached);
  co_await stream_->send("/nick bridge-" + config_.port);
  co_await stream_->send("/join " + config_.upstream_room);
  log("upstream: connected");
}

awaitable<void> Relay::receive() {
  for (;;) {
    const std::string line = co_await stream_->read_line();
    // What people say, but not who comes and goes.
    if (line.starts_with('<'))
      co_await deliver_(line);
  }
}

} // namespace chat
