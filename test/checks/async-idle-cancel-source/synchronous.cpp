// RUN: %check %s async-idle-cancel-source

#include <stop_token>

void work(std::stop_token token);

void plain() {
  std::stop_source source;
  work(source.get_token());
  source.request_stop();
}
