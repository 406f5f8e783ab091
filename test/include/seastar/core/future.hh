#include "../../detail/seastar.h"
