#ifndef TEST_INCLUDE_DROGON_HTTP_APP_FRAMEWORK_H
#define TEST_INCLUDE_DROGON_HTTP_APP_FRAMEWORK_H

#include "HttpClient.h"
#include <string>

namespace drogon {

class HttpAppFramework {
public:
  virtual void run() = 0;
  virtual trantor::EventLoop *getLoop() const = 0;
  template <typename FUNCTION>
  HttpAppFramework &registerHandler(const std::string &pathPattern,
                                    FUNCTION &&function) {
    return *this;
  }
};

HttpAppFramework &app();

} // namespace drogon

#endif
