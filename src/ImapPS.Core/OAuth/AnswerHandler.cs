using System.IO;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Transfers;

namespace ImapPS.OAuth;

/// <summary>
/// Reads an issuer's answer: a JSON object of a reasonable size, before the end of the time that the request has. Anything else would
/// confuse the library, whose parser does not expect it.
/// </summary>
/// <param name="inner">What speaks HTTP.</param>
internal sealed class AnswerHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>No answer has more octets.</summary>
    private const int Largest = 1_048_576;

    /// <exception cref="InvalidDataException">The answer is of no use. Its message says what the issuer answered with.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            byte[] body = await WebAccess.ReadAsync(response, Largest, cancellationToken).ConfigureAwait(false)
                ?? throw new InvalidDataException("more than 1 MB");
            if (!IsObject(body))
            {
                // These two hold a document or an error by the protocol. A server or a proxy that fails says so in its own way.
                if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest)
                {
                    throw new InvalidDataException("something other than JSON");
                }

                body = [];
            }

            response.Content = new ByteArrayContent(body);
            response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static bool IsObject(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
