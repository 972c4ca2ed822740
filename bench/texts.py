"""What customers and sellers of a made-up marble shop write to each other, by chance.

The words are in Portuguese because accents, cedillas and long words are what real desks store; two
tickets rarely read alike, so that a full-text index is as large as a real one.
"""

from random import Random

FIRST = (
    "Ana Bruno Carla Davi Elaine Fábio Gabriela Heitor Inês João Karina Luís Márcia Nélson Otávio"
    " Patrícia Quésia Renata Sônia Tiago Úrsula Vânia Wágner Yara Zélia"
).split()
LAST = (
    "Almeida Barbosa Conceição Damião Esteves Falcão Gonçalves Hipólito Inácio Jordão Leitão"
    " Magalhães Nóbrega Orsini Paixão Quintão Rebouças Simões Teixeira Urbano Vilaça Xavier"
).split()
CITIES = (
    "Anápolis;Belém;Criciúma;Divinópolis;Erechim;Feira de Santana;Goiânia;Ilhéus;Jundiaí;Londrina;"
    "Maceió;Niterói;Olinda;Piracicaba;Rondonópolis;São José dos Campos;Três Lagoas;Uberlândia"
).split(";")
PRODUCTS = (
    "cuba dupla de granito;bancada de mármore travertino;pia de cozinha com escorredor;soleira de"
    " ardósia;peitoril de granito verde;argamassa para porcelanato;tampo de quartzo branco;nicho de"
    " banheiro;rodapé de mármore;lavatório de canto;cooktop com recorte;painel de lareira;tanque de"
    " lavanderia;degrau de escada em L;mesa redonda de oito lugares;divisória de box"
).split(";")
WISHES = (
    "Gostaria de um orçamento de {product}, com {n} cm de largura e entrega em {city}.",
    "Preciso de {product} até o fim do mês; vocês fazem o recorte e a instalação em {city}?",
    "Vi no site {product} e queria saber o preço à vista e em {small} vezes no cartão.",
    "Meu pedido de {product} chegou com uma trinca no canto, seguem {small} fotos.",
    "Não recebi o boleto do pedido {order}, que é de {product}. Podem enviar outra vez?",
    "Sou arquiteta e trabalho com {product}; há condições para {n} peças por mês?",
)
REMARKS = (
    "O apartamento fica no {small}º andar e o elevador não comporta peças de mais de {n} cm.",
    "A obra começa na próxima quinzena e o pedreiro já está contratado.",
    "Se for possível, prefiro o acabamento polido, com a borda reta e o saia de {small} cm.",
    "No mês passado comprei {product} com vocês e fiquei muito satisfeita com o atendimento.",
    "Podem ligar depois das {small}h, porque de manhã fico em reunião e não atendo ninguém.",
    "O número do pedido anterior é {order}, e a nota fiscal saiu em nome da minha irmã.",
    "Também quero saber quanto custa o frete para {city}, e se a montagem está incluída.",
)
ANSWERS = (
    "Olá, {name}.\n\nAgradecemos o contato. Para {product}, o prazo de produção é de {small} dias"
    " úteis e a entrega em {city} leva mais {small}. O valor, já com o recorte, é de R$ {n}9,90.",
    "Olá, {name}.\n\nRecebemos as medidas e o desenho. Falta apenas confirmar a espessura: com"
    " {small} cm a peça suporta o peso do cooktop. Aguardamos a sua confirmação.",
    "Olá, {name}.\n\nVerificamos o pedido {order}: a transportadora passou duas vezes em {city} e"
    " não encontrou ninguém. Podemos marcar outra data, de preferência à tarde?",
)
NOTES = (
    "Liguei às {small}h e deixei recado; o número que está no cadastro é do escritório.",
    "Cliente pediu desconto de {small} %, encaminhei à supervisão com o histórico de compras.",
    "Conferi com a produção: {product} está em estoque, e a chapa tem o veio que a cliente quer.",
    "A transportadora confirmou a coleta do pedido {order}; volto a verificar depois de amanhã.",
    "Medidas refeitas no local: {n} cm por {small}0 cm, com desnível de meio centímetro.",
)
ENDINGS = (
    "Orçamento aprovado; pedido {order} aberto na produção.",
    "A cliente confirmou que recebeu tudo certo e agradeceu.",
    "Sem resposta há {small} dias; encerrado depois da terceira tentativa.",
)


class Teller:
    """Texts about one ticket, whose product, order and town stay the same in all of them."""

    def __init__(self, chance: Random, name: str) -> None:
        self.chance = chance
        self.known = {
            "name": name,
            "product": chance.choice(PRODUCTS),
            "city": chance.choice(CITIES),
            "order": str(chance.randrange(10_000, 99_999)),
        }

    def one(self, texts: tuple[str, ...]) -> str:
        numbers = {"n": self.chance.randrange(60, 300), "small": self.chance.randrange(2, 19)}
        return self.chance.choice(texts).format(**self.known, **numbers)

    def some(self, texts: tuple[str, ...], count: int) -> str:
        """Several different ones, as the paragraphs of a message."""
        numbers = {"n": self.chance.randrange(60, 300), "small": self.chance.randrange(2, 19)}
        chosen = self.chance.sample(texts, count)
        return "\n".join(text.format(**self.known, **numbers) for text in chosen)

    def wish(self) -> str:
        return f"{self.one(WISHES)}\n{self.some(REMARKS, 3)}"


def person(chance: Random) -> tuple[str, str, str]:
    """Name, e-mail and telephone of somebody who does not exist."""
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    mail = f"cliente-{chance.randrange(10**9)}@example.com"
    return name, mail, f"+55119{chance.randrange(9_0000_000, 9_9999_999)}"
