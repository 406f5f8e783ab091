// RUN: %check %s async-return-local-ref-task
// The code of the other tests made synchronous.

#include <memory>
#include <string>

void use(const std::string &);
int fetch(const std::string &Url) {
  use(Url);
  return 0;
}
struct Request {
  std::string Url;
  int send() { return fetch(Url); }
};

int local() {
  std::string Url = "x";
  return fetch(Url);
}
int parameter(std::string Url) { return fetch(Url); }
int object() {
  Request R{"x"};
  return R.send();
}
int owned() {
  auto R = std::make_unique<Request>();
  return R->send();
}
