// RUN: %check %s async-lost-cancel-source

#include <condition_variable>
#include <stop_token>
#include <thread>

void work(std::stop_token token);

class Threads {
public:
  void start() { Worker = std::thread(work, Stopping.get_token()); }
  void stop() { Stopping.request_stop(); }

private:
  std::stop_source Stopping;
  std::thread Worker;
};
