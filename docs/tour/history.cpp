#include "server.h"

#include <filesystem>

namespace chat {

History::History(asio::thread_pool &files, std::string directory)
    : files_(files), writer_(asio::make_strand(files)),
      directory_(std::move(directory)) {
  std::filesystem::create_directories(directory_);
}

void History::append(const std::string &room, const std::string &line) {
  // The strand keeps the lines in order, however many threads the pool has.
  asio::post(writer_, [file = file_of(room), line] {
    std::ofstream out(file, std::ios::app);
    out << line << '\n';
  });
}

awaitable<Lines> History::search(std::string room, std::string text) {
  auto find = [file = file_of(room), text]() -> awaitable<Lines> {
    Lines lines = read_lines(file);
    std::erase_if(lines,
                  [&](auto &line) { return line.find(text) == line.npos; });
    co_return lines;
  };
  co_return co_await asio::co_spawn(files_, std::move(find), use_awaitable);
}

} // namespace chat
