using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ImapPS.Sandbox;

namespace ImapPS.Tests.OAuth;

/// <summary>The parts of the tests themselves: a token of the authorization server opens the mailbox, and a revoked one does not.</summary>
public sealed class AuthorizationServerTests(TokenServer server) : IClassFixture<TokenServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dovecot_asks_the_authorization_server()
    {
        MailUser user = server.Dovecot.CreateUser(server.Issuer.User);
        using var client = new HttpClient();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = AuthorizationServer.ConfidentialClient,
            ["client_secret"] = server.Issuer.ClientSecret,
            ["scope"] = AuthorizationServer.Scope,
        });
        HttpResponseMessage response = await client.PostAsync(new Uri(server.Issuer.Issuer + "connect/token"), form, Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancellation)}");
        JsonNode? answer = await response.Content.ReadFromJsonAsync<JsonNode>(Cancellation);
        string token = answer!["access_token"]!.GetValue<string>();
        await using RawImapClient imap = await RawImapClient.ConnectAsync(server.Dovecot.Port, Cancellation);
        string initial = Convert.ToBase64String(Octets($"user={user.Name}\u0001auth=Bearer {token}\u0001\u0001"));
        Assert.True((await imap.CommandAsync($"AUTHENTICATE XOAUTH2 {initial}", Cancellation)).IsOk, server.Dovecot.LogText);
    }

    private static byte[] Octets(string text) => System.Text.Encoding.ASCII.GetBytes(text);
}
