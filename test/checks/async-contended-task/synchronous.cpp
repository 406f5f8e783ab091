// RUN: %check %s async-contended-task

#include <future>

std::shared_future<void> write(int record);

class Journal {
public:
  void append(int record) {
    last_.wait();
    last_ = write(record);
    last_.wait();
  }
  std::shared_future<void> stop() { return std::move(last_); }

private:
  std::shared_future<void> last_;
};
