// RUN: %check %s async-reference-param
// The code of basic.cpp made synchronous.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

void step();
void use(const std::string &);
void use_view(std::string_view);
struct Request {
  std::string name;
};

void pointer(const std::shared_ptr<Request> &request) {
  step();
  use(request->name);
}
void view(std::string_view text) {
  step();
  use_view(text);
}
void taken(Request &&request) {
  step();
  use(request.name);
}
int serve(const std::string &name) {
  step();
  use(name);
  return 1;
}
class Listener {
public:
  void kept() {
    std::string name = "x";
    Done.push_back(serve(name));
  }

private:
  std::vector<int> Done;
};
