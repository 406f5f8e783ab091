#ifndef TEST_INCLUDE_DROGON_HTTP_CLIENT_H
#define TEST_INCLUDE_DROGON_HTTP_CLIENT_H

#include "utils/coroutine.h"
#include <memory>
#include <utility>

namespace drogon {

class HttpRequest {};
class HttpResponse {
public:
  static std::shared_ptr<HttpResponse> newHttpResponse();
};
using HttpRequestPtr = std::shared_ptr<HttpRequest>;
using HttpResponsePtr = std::shared_ptr<HttpResponse>;
enum class ReqResult { Ok, BadResponse };
using HttpReqCallback = std::function<void(ReqResult, const HttpResponsePtr &)>;

namespace internal {
struct HttpRespAwaiter : CallbackAwaiter<HttpResponsePtr> {
  void await_suspend(std::coroutine_handle<> handle);
};
} // namespace internal

class HttpClient {
public:
  virtual void sendRequest(const HttpRequestPtr &req,
                           const HttpReqCallback &callback,
                           double timeout = 0) = 0;
  virtual void sendRequest(const HttpRequestPtr &req,
                           HttpReqCallback &&callback, double timeout = 0) = 0;
  std::pair<ReqResult, HttpResponsePtr> sendRequest(const HttpRequestPtr &req,
                                                    double timeout = 0);
  internal::HttpRespAwaiter sendRequestCoro(HttpRequestPtr req,
                                            double timeout = 0);
};
using HttpClientPtr = std::shared_ptr<HttpClient>;

} // namespace drogon

#endif
